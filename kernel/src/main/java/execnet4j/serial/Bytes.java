package execnet4j.serial;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Immutable bytes with {@code equals} and {@code hashCode}, for where a {@code byte[]} cannot stand: as a key of a map, as
 * an element of a set, and in a {@link Tuple} that is one of these. Elsewhere either may be sent, and a {@code byte[]} is
 * received.
 */
public final class Bytes {
    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /**
     * Copies bytes.
     *
     * @param content the bytes
     * @return the same bytes
     */
    public static Bytes of(byte... content) {
        return new Bytes(content.clone());
    }

    /**
     * The bytes of a text.
     *
     * @param text any text; a lone surrogate becomes a question mark
     * @return its UTF-8 form
     */
    public static Bytes ofUtf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes over an array that nobody else will write to. */
    static Bytes owning(byte[] content) {
        return new Bytes(content);
    }

    /** The array itself, which must not be written to. */
    byte[] content() {
        return content;
    }

    /**
     * How many bytes there are.
     *
     * @return at least 0
     */
    public int size() {
        return content.length;
    }

    /**
     * One byte.
     *
     * @param index from 0 to {@code size() - 1}
     * @return the byte there
     * @throws IndexOutOfBoundsException if there is none
     */
    public byte get(int index) {
        return content[index];
    }

    /**
     * All of them.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Python's way of writing it, such as {@code b'a\x00'}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(content.length + 3).append("b'");
        for (byte each : content) {
            if (each == '\'' || each == '\\') {
                text.append('\\').append((char) each);
            } else if (each >= ' ' && each < 127) {
                text.append((char) each);
            } else {
                text.append(String.format("\\x%02x", each));
            }
        }
        return text.append('\'').toString();
    }
}
