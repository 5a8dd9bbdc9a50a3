package execnet4j.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ElasticPoolTest {
    private final ElasticPool exhausted = new ElasticPool(job -> {
        throw new OutOfMemoryError("unable to create native thread");
    });

    @Test
    void whatGetsNoThreadRunsOnTheReserveEvenAfterAFailure() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();

        exhausted.execute(() -> Thread.currentThread().interrupt());
        exhausted.execute(() -> ran.complete(Thread.currentThread().getName()));

        assertThat(ran.get(10, TimeUnit.SECONDS)).isEqualTo("execnet4j-reserve");
    }

    @Test
    void whatMayKeepItsThreadForLongIsRefused() {
        assertThatThrownBy(() -> exhausted.executeAlone(() -> {})).isInstanceOf(OutOfMemoryError.class);
    }
}
