package execnet4j.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JarSendingsTest {
    private final String place = UUID.randomUUID().toString();

    @Test
    void whoLookedBeforeItCameLooksAgainAndThenSends() {
        JarSendings first = new JarSendings(place);
        JarSendings second = new JarSendings(place);
        assertThat(first.claim()).isTrue();
        first.done();
        assertThat(second.claim()).as("it has come since").isFalse();
        assertThat(second.claim()).as("it is not there all the same").isTrue();
        second.done();
    }

    @Test
    void whoComesMeanwhileWaitsAndLooks() {
        JarSendings first = new JarSendings(place);
        assertThat(first.claim()).isTrue();
        JarSendings second = new JarSendings(place);
        CompletableFuture<Boolean> claimed = CompletableFuture.supplyAsync(second::claim);
        first.done();
        assertThat(claimed).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(false);
    }

    @Test
    void anotherPlaceIsNotWaitedFor() {
        JarSendings here = new JarSendings(place);
        JarSendings there = new JarSendings("not " + place);
        assertThat(here.claim()).isTrue();
        assertThat(there.claim()).isTrue();
        here.done();
        there.done();
    }

    @Test
    void whoSendsAgainForItselfNeedNotWaitForItself() {
        JarSendings only = new JarSendings(place);
        assertThat(only.claim()).isTrue();
        assertThat(only.claim()).isTrue();
        only.done();
    }
}
