package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThatCode;

import execnet4j.concurrent.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendCreditTest {
    @Test
    void creditWithoutEndDoesNotOverflow() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            SendCredit credit = new SendCredit(worker.connection().newChannel(), 1);
            for (int i = 0; i < 1 << 24; i++) {
                credit.give(ConnectionSettings.MAX_BUDGET);
            }
            assertThatCode(() -> credit.take(1, Deadline.in(Duration.ofSeconds(1))))
                    .doesNotThrowAnyException();
        }
    }
}
