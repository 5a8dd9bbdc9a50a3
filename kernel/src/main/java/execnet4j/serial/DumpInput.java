package execnet4j.serial;

import execnet4j.error.LoadException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Takes exactly one dump off a stream, up to its STOP. It never reads a byte beyond, and its memory grows with what has
 * come, not with what a length announces.
 */
final class DumpInput {
    private final InputStream stream;
    private final int maxBytes;
    private byte[] bytes = new byte[256];
    private int size;

    private DumpInput(InputStream stream, int maxBytes) {
        this.stream = stream;
        this.maxBytes = maxBytes;
    }

    /** The dump's bytes without the version byte. */
    static byte[] payload(InputStream stream, int maxBytes) throws IOException {
        DumpInput input = new DumpInput(stream, maxBytes);
        try {
            input.readToStop();
        } catch (EOFException e) {
            throw new LoadException("cannot load: the stream ended after " + input.size + " bytes of a dump", e);
        }
        return Arrays.copyOf(input.bytes, input.size);
    }

    private void readToStop() throws IOException {
        read(1);
        while (true) {
            // After whatever is not STOP at least one more opcode must follow: it is read along.
            byte opcode = bytes[size - 1];
            switch (opcode) {
                case Opcode.STOP -> {
                    return;
                }
                case Opcode.NONE, Opcode.TRUE, Opcode.FALSE, Opcode.NEWDICT, Opcode.SETITEM -> read(1);
                case Opcode.INT,
                        Opcode.LONG,
                        Opcode.CHANNEL,
                        Opcode.NEWLIST,
                        Opcode.BUILDTUPLE,
                        Opcode.SET,
                        Opcode.FROZENSET -> read(4 + 1);
                case Opcode.FLOAT -> read(8 + 1);
                case Opcode.COMPLEX -> read(16 + 1);
                case Opcode.BYTES,
                        Opcode.PY3STRING,
                        Opcode.PY2STRING,
                        Opcode.UNICODE,
                        Opcode.LONGINT,
                        Opcode.LONGLONG -> {
                    read(4);
                    read(ByteBuffer.wrap(bytes).getInt(size - 4) + 1L);
                }
                case Opcode.FLOATS, Opcode.INTS -> readPacked(4);
                case Opcode.DOUBLES, Opcode.LONGS -> readPacked(8);
                default -> throw Operands.unknownOpcode(opcode, size - 1);
            }
        }
    }

    private void readPacked(long elementBytes) throws IOException {
        read(4);
        read(ByteBuffer.wrap(bytes).getInt(size - 4) * elementBytes + 1);
    }

    private void read(long count) throws IOException {
        if (count <= 0) {
            throw Operands.failure("a length is negative", size);
        }
        if (count > maxBytes - size) {
            throw Operands.failure("more than " + maxBytes + " bytes", size);
        }
        int end = size + (int) count;
        while (size < end) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(size * 2L, maxBytes));
            }
            int got = stream.read(bytes, size, Math.min(end, bytes.length) - size);
            if (got < 0) {
                throw new EOFException();
            }
            size += got;
        }
    }
}
