package execnet4j.serial;

import execnet4j.error.LoadException;
import java.util.Arrays;

/** Finds the channels in a dumped value without building it, so that they can be registered before it is decoded. */
public final class ChannelScan {
    private static final int[] NONE = new int[0];

    private ChannelScan() {}

    /**
     * Walks the opcodes up to STOP. Whether they make a value is not looked at.
     *
     * @param payload opcodes and operands, without a version byte
     * @return the numbers of all channels, in the order they stand in; an empty array, always the same one, if there is none
     * @throws LoadException if an operand is cut short, a length is negative, an opcode is unknown or STOP is missing
     */
    public static int[] channelIds(byte[] payload) {
        Operands in = new Operands(payload, 0, payload.length);
        int[] ids = NONE;
        int count = 0;
        while (true) {
            byte opcode = in.opcode();
            switch (opcode) {
                case Opcode.NONE, Opcode.TRUE, Opcode.FALSE, Opcode.NEWDICT, Opcode.SETITEM -> {}
                case Opcode.INT, Opcode.LONG -> in.skip(4);
                case Opcode.NEWLIST, Opcode.BUILDTUPLE, Opcode.SET, Opcode.FROZENSET -> {
                    int unused = in.count();
                }
                case Opcode.FLOAT -> in.skip(8);
                case Opcode.COMPLEX -> in.skip(16);
                case Opcode.BYTES,
                        Opcode.PY3STRING,
                        Opcode.PY2STRING,
                        Opcode.UNICODE,
                        Opcode.LONGINT,
                        Opcode.LONGLONG -> in.skip(in.count());
                case Opcode.DOUBLES -> in.skipPacked(PackedArray.DOUBLES);
                case Opcode.FLOATS -> in.skipPacked(PackedArray.FLOATS);
                case Opcode.INTS -> in.skipPacked(PackedArray.INTS);
                case Opcode.LONGS -> in.skipPacked(PackedArray.LONGS);
                case Opcode.CHANNEL -> {
                    ids = count == ids.length ? Arrays.copyOf(ids, Math.max(4, count * 2)) : ids;
                    ids[count++] = in.int32();
                }
                case Opcode.STOP -> {
                    return count == ids.length ? ids : Arrays.copyOf(ids, count);
                }
                default -> throw in.unknownOpcode(opcode);
            }
        }
    }
}
