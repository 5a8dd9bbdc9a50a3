package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.wire.WireException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChannelTableTest {
    private final ChannelTable coordinators = table(true);
    private final ChannelTable workers = table(false);

    @Test
    @DisplayName("B15 B16 a coordinator's ids are 1, 3, 5, and a channel is found by its id while it is open")
    void ids() {
        Channel channel = coordinators.open();
        assertThat(channel.id()).isEqualTo(1);
        assertThat(coordinators.open().id()).isEqualTo(3);
        assertThat(coordinators.open().id()).isEqualTo(5);
        assertThat(workers.open().id()).isEqualTo(2);
        assertThat(workers.open().id()).isEqualTo(4);
        assertThat(coordinators.get(1)).isSameAs(channel);
        coordinators.remove(coordinators.create(1, false));
        assertThat(coordinators.get(1)).as("another of that id is not this one").isSameAs(channel);
        coordinators.remove(channel);
        assertThat(coordinators.get(1)).isNull();
        assertThat(coordinators.size()).isEqualTo(2);
    }

    @Test
    void whoseAnIdIs() {
        assertThat(coordinators.isOwn(1)).isTrue();
        assertThat(coordinators.isOwn(Integer.MAX_VALUE)).isTrue();
        assertThat(workers.isOwn(2)).isTrue();
        for (int id : new int[] {0, -1, -2, Integer.MIN_VALUE}) {
            assertThat(coordinators.isOwn(id)).isFalse();
            assertThat(workers.isOwn(id)).isFalse();
        }
    }

    @Test
    void thePeerMayOpenChannelsForEverIfTheyAreClosed() throws WireException {
        for (int i = 0; i < ChannelTable.MAX_OF_WORKER + 10; i++) {
            Channel channel = coordinators.openedByPeer(2, false);
            coordinators.remove(channel);
            coordinators.remove(channel);
        }
        assertThat(coordinators.size()).isZero();
    }

    @Test
    void thePeerMayNotUseAnIdOfOursOrAnOpenOne() throws WireException {
        Channel open = coordinators.openedByPeer(2, false);
        for (int id : new int[] {1, 2, 0, -2}) {
            assertThatThrownBy(() -> coordinators.openedByPeer(id, false))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("may not use: " + id);
        }
        assertThat(coordinators.all()).containsExactly(open);
    }

    private static ChannelTable table(boolean coordinator) {
        ConnectionSettings settings = new ConnectionSettings("gw0", coordinator, true, false, 0);
        Connection connection = new Connection(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), settings, new TestHost(settings));
        return new ChannelTable(connection, settings);
    }
}
