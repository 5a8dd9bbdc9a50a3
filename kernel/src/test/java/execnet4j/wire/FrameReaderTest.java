package execnet4j.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    @Test
    @DisplayName("B09 a read goes on when the source gives few bytes at a time")
    void shortReads() throws IOException {
        Frame[] frames = Frames.some(new Random(1), 50, 100);
        assertThat(readAll(new Pieces(Frames.bytes(frames), new Random(2), 1))).isEqualTo(described(frames));
    }

    @Property(tries = 300)
    void anyFramesComeBackThroughAnySplit(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200_000) int longestPiece)
            throws IOException {
        Random random = new Random(seed);
        int longest = random.nextBoolean() ? 40 : 100_000;
        Frame[] frames = Frames.some(random, random.nextInt(30), longest);
        assertThat(readAll(new Pieces(Frames.bytes(frames), random, longestPiece)))
                .isEqualTo(described(frames));
    }

    @Test
    void aFrameCutAtAnyByteIsAnErrorThatSaysWhere() throws IOException {
        byte[] bytes = Frames.bytes(new Frame(FrameType.DATA, 1, new byte[20]));
        for (int length = 1; length < bytes.length; length++) {
            FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes, 0, length));
            assertThatThrownBy(reader::read)
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining(length < 9 ? "header, after " + length : "payload, after " + (length - 9));
        }
        assertThat(new FrameReader(new ByteArrayInputStream(bytes, 0, 0)).read())
                .isNull();
    }

    @Test
    void aSecondFrameCutShortStillGivesTheFirst() throws IOException {
        byte[] bytes = Frames.bytes(new Frame(FrameType.DATA, 1, new byte[20]), new Frame(FrameType.CLOSE, 1));
        FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes, 0, bytes.length - 1));
        assertThat(reader.read()).isNotNull();
        assertThatThrownBy(reader::read).isInstanceOf(EOFException.class);
    }

    @Test
    void impossibleLengthsAreRefusedBeforeAnythingIsAllocated() {
        for (int length :
                new int[] {-1, Integer.MIN_VALUE, FrameReader.MAX_PAYLOAD + 1, 1_900_000_000, Integer.MAX_VALUE}) {
            FrameReader reader = new FrameReader(new ByteArrayInputStream(Frames.header(4, 5, length)));
            long before = allocated();
            assertThatThrownBy(reader::read)
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("channel 5")
                    .hasMessageContaining(Integer.toUnsignedString(length));
            assertThat(allocated() - before).isLessThan(1 << 20);
        }
    }

    @Test
    void aClaimWithoutTheBytesCostsLittle() {
        FrameReader reader = new FrameReader(new SequenceInputStream(
                new ByteArrayInputStream(Frames.header(4, 5, FrameReader.MAX_PAYLOAD)),
                new ByteArrayInputStream(new byte[1000])));
        long before = allocated();
        assertThatThrownBy(reader::read)
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("after 1000 of 1073741824");
        assertThat(allocated() - before).isLessThan(1 << 25);
    }

    @Test
    void aPayloadBeyondWhatIsTrustedIsReadWhole() throws IOException {
        byte[] payload = new byte[50_000_001];
        new Random(3).nextBytes(payload);
        Frame frame = Frames.next(
                new FrameReader(new ByteArrayInputStream(Frames.bytes(new Frame(FrameType.DATA, 1, payload)))));
        assertThat(Arrays.equals(frame.payload(), payload)).isTrue();
    }

    @Test
    void manySmallFramesCostFewReads() throws IOException {
        Frame[] frames = Frames.some(new Random(4), 10_000, 10);
        byte[] bytes = Frames.bytes(frames);
        int[] reads = {0};
        InputStream counted = new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                reads[0]++;
                return super.read(target, offset, length);
            }
        };
        assertThat(readAll(counted)).isEqualTo(described(frames));
        assertThat(reads[0]).isLessThan(10);
    }

    @Test
    void aFailingStreamFailsTheRead() {
        InputStream failing = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("reset");
            }
        };
        assertThatThrownBy(() -> new FrameReader(failing).read())
                .isInstanceOf(IOException.class)
                .hasMessage("reset");
    }

    private static List<String> readAll(InputStream in) throws IOException {
        FrameReader reader = new FrameReader(in);
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
            frames.add(frame);
        }
        return Frames.described(frames);
    }

    private static List<String> described(Frame[] frames) {
        return Frames.described(List.of(frames));
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    /** Bytes in pieces of chance length. */
    private static final class Pieces extends InputStream {
        private final ByteArrayInputStream in;
        private final Random random;
        private final int longest;

        Pieces(byte[] bytes, Random random, int longest) {
            this.in = new ByteArrayInputStream(bytes);
            this.random = random;
            this.longest = longest;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return in.read(target, offset, Math.min(length, 1 + random.nextInt(longest)));
        }
    }
}
