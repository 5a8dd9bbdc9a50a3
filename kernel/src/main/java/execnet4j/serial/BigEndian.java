package execnet4j.serial;

/**
 * Numbers in an array of bytes, the highest byte first. Put together by hand: a variable handle would do it in one access,
 * but to make the first of a process takes longer than all else that a worker does with its first values.
 */
final class BigEndian {
    private BigEndian() {}

    static int int32(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
    }

    static void putInt32(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }

    static double float64(byte[] bytes, int at) {
        return Double.longBitsToDouble((long) int32(bytes, at) << 32 | (int32(bytes, at + 4) & 0xffff_ffffL));
    }

    static void putFloat64(byte[] bytes, int at, double value) {
        long bits = Double.doubleToRawLongBits(value);
        putInt32(bytes, at, (int) (bits >> 32));
        putInt32(bytes, at + 4, (int) bits);
    }
}
