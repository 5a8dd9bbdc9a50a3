package execnet4j.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Frames and their bytes. */
final class Frames {
    private Frames() {}

    /** The bytes of frames, put together here and not by the code under test. */
    static byte[] bytes(Frame... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            byte[] header = ByteBuffer.allocate(9)
                    .put(frame.type())
                    .putInt(frame.channelId())
                    .putInt(frame.payload().length)
                    .array();
            out.writeBytes(header);
            out.writeBytes(frame.payload());
        }
        return out.toByteArray();
    }

    /** The next frame, which there must be. */
    static Frame next(FrameReader reader) throws IOException {
        return Objects.requireNonNull(reader.read(), "the stream has ended");
    }

    static byte[] header(int type, int channelId, int length) {
        return ByteBuffer.allocate(9)
                .put((byte) type)
                .putInt(channelId)
                .putInt(length)
                .array();
    }

    static Frame[] some(Random random, int count, int longest) {
        Frame[] frames = new Frame[count];
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[random.nextInt(longest + 1)];
            random.nextBytes(payload);
            frames[i] = new Frame((byte) random.nextInt(), random.nextInt(), payload);
        }
        return frames;
    }

    static List<String> described(List<Frame> frames) {
        List<String> described = new ArrayList<>();
        frames.forEach(frame -> described.add(
                frame.type() + " " + frame.channelId() + " " + HexFormat.of().formatHex(frame.payload())));
        return described;
    }
}
