package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.channel.Channel;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.MultiChannelException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is thrown when a call on several channels is interrupted, takes too long or fails. */
@ExtendWith(SharedWorkers.class)
class MultiChannelFailureTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Group pair = Workers.pair();

    private MultiChannel echoing() {
        MultiChannel channels = pair.remoteExec("channel.forEach(item -> channel.send(item));");
        channels.get(0).send("first");
        return channels;
    }

    private static void end(MultiChannel channels) {
        channels.forEach(Channel::close);
        channels.waitClose(SOON);
    }

    @Test
    void aTimeOutIsATimeOut() {
        MultiChannel channels = echoing();

        assertThatThrownBy(() -> channels.receiveEach(SOON.dividedBy(40)))
                .isInstanceOfSatisfying(ChannelTimeoutException.class, timeout -> {
                    assertThat(timeout.received()).containsExactly("first");
                    assertThat(timeout).hasMessageContaining("gw1").hasMessageContaining("1 of 2");
                });
        assertThatThrownBy(() -> channels.waitClose(SHORT)).isInstanceOf(ChannelTimeoutException.class);

        end(channels);
    }

    @Test
    void anInterruptIsAnInterrupt() {
        MultiChannel channels = echoing();
        channels.get(0).send("second");
        assertThat(channels.get(0).receive(SOON)).isEqualTo("first");

        for (ThrowingCallable call : new ThrowingCallable[] {
            channels::receiveEach,
            () -> channels.sendEach(1),
            () -> channels.sendEach(1, SOON),
            channels::waitClose,
            channels::receiveEachWithChannel
        }) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(call).isInstanceOf(ChannelInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
        }

        end(channels);
    }

    @Test
    void aFailureNamesEachChannelOnceAndIsNotToldTwice() {
        MultiChannel channels = pair.remoteExec("throw new IllegalStateException(\"on purpose\");");
        channels.forEach(
                channel -> assertThatThrownBy(() -> channel.waitClose(SOON)).isNotNull());
        assertThatThrownBy(() -> channels.sendEach(1))
                .isInstanceOf(MultiChannelException.class)
                .hasMessage(
                        "not sent on 2 of 2 channels:\n"
                                + "gw0 <Channel id=%d closed>: cannot send: "
                                + "the task failed: java.lang.IllegalStateException: on purpose\n"
                                + "gw1 <Channel id=%d closed>: cannot send: "
                                + "the task failed: java.lang.IllegalStateException: on purpose",
                        channels.get(0).id(), channels.get(1).id());
        MultiChannel failing = pair.remoteExec("throw new IllegalStateException(\"on purpose\");");

        assertThatThrownBy(() -> failing.receiveEach(SOON))
                .isInstanceOf(MultiChannelException.class)
                .hasMessageStartingWith("received from 0 of 2 channels, then gw0 <Channel id=")
                .hasMessageEndingWith(": java.lang.IllegalStateException: on purpose")
                .rootCause()
                .hasMessageContaining("Traceback");
        assertThatThrownBy(() -> failing.waitClose(SOON)).hasMessageContaining("on purpose");
    }

    @Test
    void itsTextIsShort() {
        MultiChannel channels =
                MultiChannel.of(pair.get(0).newChannel(), pair.get(1).newChannel());

        assertThat(channels).hasToString("<MultiChannel of 2 channels>");

        end(channels);
    }
}
