package execnet4j.serial;

import static execnet4j.serial.Values.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.DataFormatException;
import execnet4j.error.DumpException;
import execnet4j.error.LoadException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpTest {
    private static final List<Object> VALUES = List.of("text", 1, List.of(1, 2), List.of("a", "b"));

    @Test
    @DisplayName("B01 a text, an int and lists of them survive dumps and loads")
    void survive() {
        for (Object value : VALUES) {
            assertThat(Dump.loads(Dump.dumps(value))).isEqualTo(value);
        }
        assertThat(Dump.dumps(1)).isEqualTo(program("\u0002F", 1, 'Q'));
    }

    @Test
    @DisplayName("B02 dumps load from a mapped file, one after the other")
    void fromBuffer(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("dumps");
        try (var out = Files.newOutputStream(file)) {
            for (Object value : VALUES) {
                Dump.dump(out, value);
            }
        }
        try (var channel = FileChannel.open(file)) {
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            for (Object value : VALUES) {
                assertThat(Dump.load(mapped)).isEqualTo(value);
            }
            assertThat(mapped.hasRemaining()).isFalse();
            assertThatThrownBy(() -> Dump.load(mapped)).isInstanceOf(LoadException.class);
        }
    }

    @Test
    @DisplayName("B03 B09 dumps follow one another on a stream, which is left right after each, short reads or not")
    void fromStream() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object value : VALUES) {
            Dump.dump(out, value);
        }
        InputStream in = new OneByteAtATime(out.toByteArray());
        for (Object value : VALUES) {
            assertThat(Dump.load(in)).isEqualTo(value);
        }
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    @DisplayName("B04 another format version is refused, with what was found")
    void otherVersion() {
        for (int version : new int[] {0, 1, 3, 255}) {
            byte[] dump = {(byte) version, 'L', 'Q'};
            assertThatThrownBy(() -> Dump.loads(dump))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("version " + version + " ");
            assertThatThrownBy(() -> Dump.load(new ByteArrayInputStream(dump))).isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void everyOpcodeIsReadFromAStreamAsFromAnArray() throws IOException {
        byte[] dump = program(
                "\u0002", "LRCJ", 'F', 1, 'G', 1, 'D', 1, 1, 'T', 1, 1, 1, 1, 'A', 1, "B", 'M', 1, "B", 'N', 1, "B",
                'S', 1, "B", 'H', 1, "1", 'I', 1, "2", 'K', 0, '@', 15, 'E', 0, 'O', 0, '@', 3, 'Q');
        assertThat(Same.same(Dump.load(new OneByteAtATime(dump)), Dump.loads(dump)))
                .isTrue();
    }

    @Test
    void whatIsCutShortIsRefused() {
        byte[] dump = Dump.dumps(List.of(1, "text", 2.5));
        for (int length = 0; length < dump.length; length++) {
            byte[] cut = Arrays.copyOf(dump, length);
            assertThatThrownBy(() -> Dump.loads(cut)).isInstanceOf(LoadException.class);
            assertThatThrownBy(() -> Dump.load(new ByteArrayInputStream(cut))).isInstanceOf(LoadException.class);
            ByteBuffer buffer = ByteBuffer.wrap(cut);
            assertThatThrownBy(() -> Dump.load(buffer)).isInstanceOf(LoadException.class);
            assertThat(buffer.position()).isZero();
        }
    }

    @Test
    void aHugeLengthOnAStreamTakesNoMemoryForWhatDoesNotCome() {
        byte[] claim = program("\u0002A", 1_020_000_000, "few");
        assertThatThrownBy(() -> Dump.load(new ByteArrayInputStream(claim)))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("ended after 8 bytes");
        byte[] beyond = program("\u0002A", 1_900_000_000, "few");
        assertThatThrownBy(() -> Dump.load(new ByteArrayInputStream(beyond)))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("more than 1073741824 bytes");
        assertThatThrownBy(() -> Dump.load(new ByteArrayInputStream(program("\u0002A", -1, "few"))))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("negative");
    }

    @Test
    void bytesAfterTheDumpAreRefusedInAnArray() {
        assertThatThrownBy(() -> Dump.loads(program("\u0002LQL"))).hasMessageContaining("1 bytes follow");
    }

    @Test
    void channelsAreRefused() {
        assertThatThrownBy(() -> Dump.loads(program("\u0002B", 1, 'Q'))).isInstanceOf(LoadException.class);
    }

    @Test
    void nothingIsWrittenOfWhatCannotBeDumped() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> Dump.dump(out, List.of(1, new Object()))).isInstanceOf(DumpException.class);
        assertThat(out.size()).isZero();
    }

    private static final class OneByteAtATime extends ByteArrayInputStream {
        OneByteAtATime(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
        }
    }
}
