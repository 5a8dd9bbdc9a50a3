package execnet4j.channel;

import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import execnet4j.wire.FrameWriter;
import execnet4j.wire.MovableInput;
import execnet4j.wire.Wire;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection's move from where it began to a socket: when it pays, and each direction on its own. */
final class WireMove {
    /** A peer from which so many frames have come will go on; one that runs a task or two has sent fewer. */
    private static final int BUSY_FRAMES = 24;

    /** So many bytes count as another frame. */
    private static final int BYTES_AS_FRAME = 1 << 12;

    private final MovableInput input;
    private final FrameWriter writer;
    /** The socket on which this end sends already, or is about to, until the peer does so too. */
    private volatile @Nullable Wire elsewhere;
    /** How much has come, until that is enough; for whoever reads. */
    private int frames;

    WireMove(MovableInput input, FrameWriter writer) {
        this.input = input;
        this.writer = writer;
    }

    /** Whoever reads: whether so much has come, this frame included, that it pays to move; true once. */
    boolean isWorthwhileFrom(Frame frame) {
        if (frames >= BUSY_FRAMES) {
            return false;
        }
        frames += 1 + frame.encodedLength() / BYTES_AS_FRAME;
        return frames >= BUSY_FRAMES;
    }

    /** Sends there from now on, and says so where it went before. */
    void sendOn(SocketChannel socket) throws IOException {
        Wire next = Wire.of(socket);
        elsewhere = next;
        try {
            writer.move(new Frame(FrameType.MOVED, 0), next.output());
        } catch (IOException e) {
            // Nothing more is sent; what the peer still has to say may come there.
            next.output().close();
        }
    }

    /** Whoever reads: receives there from now on; false if there is no such place. */
    boolean receiveOn() throws IOException {
        Wire next = elsewhere;
        elsewhere = null;
        if (next != null) {
            input.moveTo(next.input());
        }
        return next != null;
    }
}
