package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.channel.Channel;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.RemoteTaskException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** The rest of the channel suite, which plain execnet's workers cannot pass. */
@OverOurPeers
class ChannelBeyondStockTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Parameter
    PeerKind kind = PeerKind.MEMORY;

    private Peer peer() {
        return kind.peer();
    }

    /** Plain execnet has no flow control: it reads whatever comes into its memory, so a sender to it never waits long. */
    @Test
    void anInterruptEndsASendThatWaits() throws Exception {
        Channel channel = peer().exec(
                        remote -> {
                            Channel go = remote.receive(Channel.class);
                            go.receive();
                        },
                        """
                go = channel.receive()
                go.receive()
                """);
        Channel go = peer().newChannel();
        channel.send(go);
        byte[] large = new byte[1 << 20];

        Interruptible.check(() -> {
            while (true) {
                channel.send(large);
            }
        });

        go.send(null);
        go.close();
        channel.waitClose(SOON);
    }

    /** Plain execnet has no flow control, as above. */
    @Test
    void aSendGivesUpAtItsTimeoutWhileTheOtherSideReadsNothingAndLosesNothing() {
        Channel channel = peer().exec(
                        remote -> {
                            Channel go = remote.receive(Channel.class);
                            go.receive();
                            int items = 0;
                            while (remote.receive() != null) {
                                items++;
                            }
                            remote.send(items);
                        },
                        """
                go = channel.receive()
                go.receive()
                items = 0
                while channel.receive() is not None:
                    items += 1
                channel.send(items)
                """);
        Channel go = peer().newChannel();
        channel.send(go);
        byte[] large = new byte[1 << 20];
        int sent = 0;
        while (true) {
            try {
                channel.send(large, Duration.ofMillis(300));
                sent++;
            } catch (ChannelTimeoutException e) {
                break;
            }
        }

        go.send(null);
        channel.send(null, SOON);

        assertThat(channel.receive(SOON)).isEqualTo(sent);
        channel.waitClose(SOON);
        go.close();
    }

    /**
     * In plain execnet a callback that throws ends the thread that receives when nobody there holds the channel any more, and
     * the error does not get here. The worker is of no use from then on.
     */
    @Test
    void aCallbackThatThrowsAtTheWorkerTellsTheCoordinator() {
        Channel channel = peer().exec(
                        remote -> {
                            Channel given = remote.receive(Channel.class);
                            given.setCallback(item -> {
                                throw new IllegalStateException("no thanks for " + item);
                            });
                            remote.receive();
                        },
                        """
                def refuse(item):
                    raise ValueError('no thanks for ' + item)
                given = channel.receive()
                given.setcallback(refuse)
                channel.receive()
                """);
        Channel given = peer().newChannel();
        channel.send(given);
        given.send("the item");

        assertThatThrownBy(() -> given.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("no thanks for the item");
        channel.send(null);
        channel.waitClose(SOON);
    }
}
