package execnet4j.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.ChannelItem;
import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/** terminate and join could return before the last channels had been told that the worker is gone. */
class TerminateTellsAllTest {
    @Test
    void everyEndMarkerIsThereWhenTerminateReturns() {
        Group group = Group.start("popen");
        Gateway gateway = group.get(0);
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            channels.add(gateway.newChannel());
        }
        BlockingQueue<ChannelItem> queue = MultiChannel.of(channels).makeReceiveQueue("end");

        group.terminate(Duration.ofSeconds(10));

        assertThat(queue.size()).isEqualTo(50_000);
    }

    @Test
    void aVeryLongTimeoutIsATimeout() {
        Group group = Group.start("popen");
        Gateway gateway = group.get(0);

        assertThat(group.terminate(Duration.ofSeconds(Long.MAX_VALUE)).allGraceful())
                .isTrue();
        gateway.join(Duration.ofSeconds(Long.MAX_VALUE));
    }
}
