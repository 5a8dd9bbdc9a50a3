package execnet4j.serial;

import execnet4j.error.LoadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Values as stored bytes: a version byte, {@code 0x02}, and what a channel would carry. The format is that of
 * {@code execnet.dumps} and {@code execnet.loads}. Which values there are, {@link ValueWriter} and {@link ValueReader} say;
 * channels are refused both ways.
 */
public final class Dump {
    private static final byte VERSION = 2;

    private Dump() {}

    /**
     * Dumps a value, with {@link WriteOptions#DEFAULT}.
     *
     * @param value the value
     * @return its bytes
     * @throws execnet4j.error.DumpException if it, or anything in it, cannot be dumped; the message names the place
     */
    public static byte[] dumps(@Nullable Object value) {
        return dumps(value, WriteOptions.DEFAULT);
    }

    /**
     * Dumps a value.
     *
     * @param value the value
     * @param options limits, and whether a Python will read it
     * @return its bytes
     * @throws execnet4j.error.DumpException if it, or anything in it, cannot be dumped; the message names the place
     */
    public static byte[] dumps(@Nullable Object value, WriteOptions options) {
        return ValueWriter.writeAfter(VERSION, value, ChannelResolver.NONE, options);
    }

    /**
     * Dumps a value, with {@link WriteOptions#DEFAULT}, to a stream. Nothing is written if it cannot be dumped.
     *
     * @param stream where to; neither flushed nor closed
     * @param value the value
     * @throws execnet4j.error.DumpException if it, or anything in it, cannot be dumped; the message names the place
     * @throws IOException if the stream fails
     */
    public static void dump(OutputStream stream, @Nullable Object value) throws IOException {
        stream.write(dumps(value));
    }

    /**
     * Loads a dumped value, with {@link ReadOptions#DEFAULT}.
     *
     * @param bytes one dump and nothing after it
     * @return the value
     * @throws LoadException if the bytes are no dump, one of another version, or one beyond a limit
     */
    public static @Nullable Object loads(byte[] bytes) {
        return loads(bytes, ReadOptions.DEFAULT);
    }

    /**
     * Loads a dumped value.
     *
     * @param bytes one dump and nothing after it
     * @param options limits, and what becomes of Python 2's strings
     * @return the value
     * @throws LoadException if the bytes are no dump, one of another version, or one beyond a limit
     */
    public static @Nullable Object loads(byte[] bytes, ReadOptions options) {
        checkVersion(bytes.length == 0 ? -1 : bytes[0] & 0xFF);
        return ValueReader.read(bytes, 1, bytes.length, ChannelResolver.NONE, options);
    }

    /**
     * Loads one dumped value from a stream, with {@link ReadOptions#DEFAULT}, and leaves the stream right after it, so that
     * dumps may follow one another. Blocks until it has come. It reads an opcode at a time: over a file or socket, use a
     * {@link java.io.BufferedInputStream}.
     *
     * @param stream where from; not closed
     * @return the value
     * @throws LoadException if the bytes are no dump, one of another version, one beyond a limit, or the stream ends in it;
     *     the stream may then be anywhere after its start
     * @throws IOException if the stream fails
     */
    public static @Nullable Object load(InputStream stream) throws IOException {
        return load(stream, ReadOptions.DEFAULT);
    }

    /**
     * Loads one dumped value from a stream; as {@link #load(InputStream)} otherwise.
     *
     * @param stream where from; not closed
     * @param options limits, and what becomes of Python 2's strings
     * @return the value
     * @throws LoadException if the bytes are no dump, one of another version, one beyond a limit, or the stream ends in it;
     *     the stream may then be anywhere after its start
     * @throws IOException if the stream fails
     */
    public static @Nullable Object load(InputStream stream, ReadOptions options) throws IOException {
        checkVersion(stream.read());
        byte[] payload = DumpInput.payload(stream, options.limits().maxBytes());
        return ValueReader.read(payload, ChannelResolver.NONE, options);
    }

    /**
     * Loads one dumped value from a buffer, such as a mapped file, with {@link ReadOptions#DEFAULT}.
     *
     * @param buffer where from; its position moves right after the dump, or stays if there is a failure
     * @return the value
     * @throws LoadException if the bytes are no dump, one of another version, one beyond a limit, or end too early
     */
    public static @Nullable Object load(ByteBuffer buffer) {
        ByteBuffer rest = buffer.duplicate();
        try {
            Object value = load(new BufferInput(rest), ReadOptions.DEFAULT);
            buffer.position(rest.position());
            return value;
        } catch (IOException e) {
            throw new AssertionError("a buffer cannot fail", e);
        }
    }

    private static void checkVersion(int version) {
        if (version == -1) {
            throw new LoadException("cannot load: there are no bytes");
        }
        if (version != VERSION) {
            throw new LoadException(String.format(
                    "cannot load: the dump has format version %d (its first byte), this library reads %d; execnet before"
                            + " 2.0 writes version 1, dump the value with a newer one",
                    version, VERSION));
        }
    }

    /** A buffer as a stream. */
    private static final class BufferInput extends InputStream {
        private final ByteBuffer buffer;

        BufferInput(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int read() {
            return buffer.hasRemaining() ? buffer.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (!buffer.hasRemaining()) {
                return -1;
            }
            int count = Math.min(length, buffer.remaining());
            buffer.get(target, offset, count);
            return count;
        }
    }
}
