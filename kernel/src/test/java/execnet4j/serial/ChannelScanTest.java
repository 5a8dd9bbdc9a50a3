package execnet4j.serial;

import static execnet4j.serial.Values.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.LoadException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelScanTest {
    private static final byte[] EVERY_OPCODE = program(
            "LRCJ", 'F', 1, 'G', 1, 'D', 1, 1, 'T', 1, 1, 1, 1, 'A', 1, "B", 'M', 1, "B", 'N', 1, "B", 'S', 1, "B", 'H',
            1, "1", 'I', 1, "2", 'K', 1, 'P', '@', 1, 'E', 1, 'O', 1, 'd', 1, 1, 1, 'q', 1, 1, 1, 'f', 2, 1, 1, 'i', 1,
            1, 'B', 5, 'Q');

    @Test
    void idsComeInTheirOrder() {
        assertThat(ChannelScan.channelIds(program('B', 5, 'B', -3, 'B', 5, 'B', 1, 'B', 2, 'B', 3, '@', 6, 'Q')))
                .containsExactly(5, -3, 5, 1, 2, 3);
        assertThat(ChannelScan.channelIds(EVERY_OPCODE)).containsExactly(5);
    }

    @Test
    void whereThereIsNoneNothingIsAllocated() {
        byte[] payload = Values.write(List.of("B", 'B' << 24, Bytes.ofUtf8("BBBBB")));
        int[] none = ChannelScan.channelIds(payload);
        assertThat(none).isEmpty();
        assertThat(none).isSameAs(ChannelScan.channelIds(program('Q')));
    }

    @Test
    void whatCannotBeWalkedIsRefused() {
        for (int length = 0; length < EVERY_OPCODE.length; length++) {
            byte[] cut = Arrays.copyOf(EVERY_OPCODE, length);
            assertThatThrownBy(() -> ChannelScan.channelIds(cut)).isInstanceOf(LoadException.class);
        }
        assertThatThrownBy(() -> ChannelScan.channelIds(program('N', -1, 'Q'))).hasMessageContaining("negative");
        assertThatThrownBy(() -> ChannelScan.channelIds(program('K', -1, 'Q'))).hasMessageContaining("negative");
        assertThatThrownBy(() -> ChannelScan.channelIds(program('U', 'Q'))).hasMessageContaining("unknown opcode");
    }
}
