package execnet4j.bugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.RemoteTaskException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A task's error whose text could not be made or not be sent (a message that throws, half a surrogate pair) left the
 * channel open for ever, and the task counted as running.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UntellableErrorTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Group group = Group.builder().build();
    private Gateway gateway = group.makeGateway();

    @BeforeAll
    void start() {
        assertThat(gateway.isAlive()).isTrue();
    }

    @AfterAll
    void end() {
        group.close();
    }

    @Test
    void anExceptionThatCannotBePrintedStillEndsItsTask() {
        Channel channel = gateway.remoteExec(remote -> {
            throw new UnprintableException();
        });

        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("UnprintableException");
        assertThat(gateway.remoteStatus().executing()).isZero();
    }

    @Test
    void anExceptionOfACallbackThatCannotBePrintedStillEndsItsChannel() {
        Channel channel = gateway.remoteExec(remote -> {
            remote.send(1);
            remote.receive();
        });
        channel.setCallback(item -> {
            throw new UnprintableException();
        });

        assertThatThrownBy(() -> channel.waitClose(SOON)).hasMessageContaining("callback failed");
        // Closed from here: the task learns of it and ends on its own time.
        await().atMost(SOON).until(() -> gateway.remoteStatus().executing() == 0);
    }

    @Test
    void halfASurrogatePairInAnErrorIsEscaped() {
        Channel channel = gateway.remoteExec(remote -> {
            throw new IllegalStateException("half a " + (char) 0xd83d + " pair");
        });

        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("half a \\ud83d pair");
    }

    @Test
    void aLongErrorIsNotCutThroughASurrogatePair() {
        for (int lead = 0; lead < 2; lead++) {
            String padding = "x".repeat(lead);
            Channel channel = gateway.remoteExec(remote -> {
                throw new IllegalStateException(padding + "\ud83d\ude00".repeat(40_000));
            });

            assertThatThrownBy(() -> channel.waitClose(SOON))
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessageContaining("characters in all");
        }
    }

    @Test
    void aChannelCanBeClosedWithSuchAText() {
        Channel channel = gateway.remoteExec(remote -> {
            Channel given = remote.receive(Channel.class);
            try {
                given.receive();
            } catch (RemoteTaskException e) {
                remote.send(e.getMessage());
            }
        });
        Channel given = gateway.newChannel();
        channel.send(given);

        given.close("half " + (char) 0xdc00);

        assertThat(channel.receive(SOON)).isEqualTo("half \\udc00");
        channel.waitClose(SOON);
    }

    static final class UnprintableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message either");
        }
    }
}
