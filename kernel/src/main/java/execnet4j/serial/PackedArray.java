package execnet4j.serial;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of arrays of numbers that have a packed form: opcode, count (int32), and the elements in little-endian order, as
 * nearly every machine has them in memory. An extension of ours, {@code docs/adr/0009-packed-arrays.md}.
 */
enum PackedArray {
    DOUBLES(Opcode.DOUBLES, Double.BYTES) {
        @Override
        int length(Object array) {
            return ((double[]) array).length;
        }

        @Override
        Object element(Object array, int index) {
            return ((double[]) array)[index];
        }

        @Override
        void copy(Object array, ByteBuffer target) {
            target.asDoubleBuffer().put((double[]) array);
        }

        @Override
        Object read(ByteBuffer source, int count) {
            double[] array = new double[count];
            source.asDoubleBuffer().get(array);
            return array;
        }
    },
    FLOATS(Opcode.FLOATS, Float.BYTES) {
        @Override
        int length(Object array) {
            return ((float[]) array).length;
        }

        @Override
        Object element(Object array, int index) {
            return ((float[]) array)[index];
        }

        @Override
        void copy(Object array, ByteBuffer target) {
            target.asFloatBuffer().put((float[]) array);
        }

        @Override
        Object read(ByteBuffer source, int count) {
            float[] array = new float[count];
            source.asFloatBuffer().get(array);
            return array;
        }
    },
    INTS(Opcode.INTS, Integer.BYTES) {
        @Override
        int length(Object array) {
            return ((int[]) array).length;
        }

        @Override
        Object element(Object array, int index) {
            return ((int[]) array)[index];
        }

        @Override
        void copy(Object array, ByteBuffer target) {
            target.asIntBuffer().put((int[]) array);
        }

        @Override
        Object read(ByteBuffer source, int count) {
            int[] array = new int[count];
            source.asIntBuffer().get(array);
            return array;
        }
    },
    LONGS(Opcode.LONGS, Long.BYTES) {
        @Override
        int length(Object array) {
            return ((long[]) array).length;
        }

        @Override
        Object element(Object array, int index) {
            return ((long[]) array)[index];
        }

        @Override
        void copy(Object array, ByteBuffer target) {
            target.asLongBuffer().put((long[]) array);
        }

        @Override
        Object read(ByteBuffer source, int count) {
            long[] array = new long[count];
            source.asLongBuffer().get(array);
            return array;
        }
    };

    private final byte opcode;
    private final int elementBytes;

    PackedArray(byte opcode, int elementBytes) {
        this.opcode = opcode;
        this.elementBytes = elementBytes;
    }

    /** The kind of a value; null if it is none of these arrays. */
    static @Nullable PackedArray of(Object value) {
        if (value instanceof double[]) {
            return DOUBLES;
        } else if (value instanceof float[]) {
            return FLOATS;
        } else if (value instanceof int[]) {
            return INTS;
        }
        return value instanceof long[] ? LONGS : null;
    }

    byte opcode() {
        return opcode;
    }

    int elementBytes() {
        return elementBytes;
    }

    /** How many bytes the elements take. */
    long bytes(Object array) {
        return (long) length(array) * elementBytes;
    }

    abstract int length(Object array);

    abstract Object element(Object array, int index);

    /** Copies all elements to where the buffer begins, in its order of bytes. */
    abstract void copy(Object array, ByteBuffer target);

    /** An array of elements from where the buffer begins, in its order of bytes; it has at least so many. */
    abstract Object read(ByteBuffer source, int count);
}
