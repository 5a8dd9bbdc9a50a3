package execnet4j.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    @DisplayName("B07 B14 every type of frame keeps its type, channel id and payload")
    void everyTypeKeepsItsParts() throws IOException {
        for (int type = Byte.MIN_VALUE; type <= Byte.MAX_VALUE; type++) {
            for (int id : new int[] {0, 1, 2, 42, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
                Frame read = Frames.next(new FrameReader(
                        new ByteArrayInputStream(Frames.bytes(new Frame((byte) type, id, new byte[] {1, -1})))));
                assertThat(read.type()).isEqualTo((byte) type);
                assertThat(read.channelId()).isEqualTo(id);
                assertThat(read.payload()).containsExactly(1, -1);
            }
        }
    }

    @Test
    void isBigEndianOnTheWire() {
        assertThat(Frames.bytes(new Frame(FrameType.DATA, 0x01020304, new byte[] {9})))
                .containsExactly(4, 1, 2, 3, 4, 0, 0, 0, 1, 9);
    }

    @Test
    @DisplayName("B14 the string form of a frame never fails")
    void stringFormNeverFails() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        for (int type = Byte.MIN_VALUE; type <= Byte.MAX_VALUE; type++) {
            assertThat(new Frame((byte) type, Integer.MIN_VALUE, all).toString())
                    .contains(FrameType.name((byte) type))
                    .matches("[ -~]+");
        }
        assertThat(new Frame(FrameType.CLOSE, 3)).hasToString("<Frame CHANNEL_CLOSE id=3 length=0 >");
        assertThat(new Frame(FrameType.DATA, 3, new byte[] {'N', 10}))
                .hasToString("<Frame CHANNEL_DATA id=3 length=2 N.>");
        assertThat(new Frame(FrameType.DATA, 3, all).toString())
                .contains("length=256")
                .endsWith("...>");
    }

    @Test
    void typesHaveTheProtocolsNames() {
        String[] stock = {
            "STATUS", "RECONFIGURE", "GATEWAY_TERMINATE", "CHANNEL_EXEC",
            "CHANNEL_DATA", "CHANNEL_CLOSE", "CHANNEL_CLOSE_ERROR", "CHANNEL_LAST_MESSAGE"
        };
        for (int type = 0; type < stock.length; type++) {
            assertThat(FrameType.name((byte) type)).isEqualTo(stock[type]);
        }
        assertThat(FrameType.name(FrameType.HELLO)).isEqualTo("HELLO");
        assertThat(FrameType.name(FrameType.HEARTBEAT)).isEqualTo("HEARTBEAT");
        assertThat(FrameType.name(FrameType.CREDIT)).isEqualTo("CREDIT");
        assertThat(FrameType.name(FrameType.CLASS_REQUEST)).isEqualTo("CLASS_REQUEST");
        assertThat(FrameType.name(FrameType.CLASS_ANSWER)).isEqualTo("CLASS_ANSWER");
        assertThat(FrameType.name(FrameType.SOCKET)).isEqualTo("SOCKET");
        assertThat(FrameType.name(FrameType.MOVED)).isEqualTo("MOVED");
        for (byte unknown : new byte[] {-128, -1, 8, 63, 71, 127}) {
            assertThat(FrameType.name(unknown)).isEqualTo("UNKNOWN(" + unknown + ")");
        }
    }

    @Test
    void creditIsAnInt64() {
        Frame credit = Frame.credit(7, 0x0102030405060708L);
        assertThat(credit.type()).isEqualTo(FrameType.CREDIT);
        assertThat(credit.channelId()).isEqualTo(7);
        assertThat(credit.payload()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }
}
