package execnet4j.serial;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Bytes at random that are nearly, or look a little like, dumped values. */
final class Mutations {
    private static final int[] COUNTS = {0, 1, 2, 3, 7, 255, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, -1};

    private static final String OPCODES = "@ABCDEFGHIJKLMNOPQRSTdfiq";

    private final Random random;
    private final AnyValues values;

    Mutations(Random random) {
        this.random = random;
        this.values = new AnyValues(random);
    }

    byte[] next() {
        return switch (random.nextInt(400)) {
            case 0 -> deep();
            case 1, 2, 3 -> repeated(anyProgram(), random.nextInt(50));
            case 4, 5, 6 -> repeated(nearlyAValue(), random.nextInt(50));
            default -> small();
        };
    }

    private byte[] small() {
        return switch (random.nextInt(4)) {
            case 0 -> anyBytes();
            case 1 -> anyProgram();
            default -> nearlyAValue();
        };
    }

    /** Containers in containers, about as deep as may be, or deeper. */
    private byte[] deep() {
        int depth = Limits.DEFAULT.maxDepth() + random.nextInt(200) - 150;
        byte[] opening = {};
        byte[] closing = switch (random.nextInt(6)) {
            case 0 -> new byte[] {'@', 0, 0, 0, 1};
            case 1 -> new byte[] {'E', 0, 0, 0, 1};
            case 2 -> new byte[] {'E', 0, 0, 0, 1, '@', 0, 0, 0, 1};
            case 3 -> new byte[] {'R', '@', 0, 0, 0, 2};
            default -> new byte[] {'P'};
        };
        if (closing[0] == 'P') {
            opening = random.nextBoolean() ? new byte[] {'J', 'L'} : new byte[] {'K', 0, 0, 0, 1, 'F', 0, 0, 0, 0};
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(repeated(opening, depth));
        out.write(random.nextBoolean() ? 'L' : 'J');
        out.writeBytes(repeated(closing, depth));
        out.write('Q');
        return out.toByteArray();
    }

    private static byte[] repeated(byte[] part, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private byte[] nearlyAValue() {
        byte[] bytes = ValueWriter.write(values.value(random.nextInt(5)), ChannelResolver.NONE, Values.PACKED);
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes = mutated(bytes);
        }
        return bytes;
    }

    private byte[] anyBytes() {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Opcodes with operands that mostly have the right form. */
    private byte[] anyProgram() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = random.nextInt(40); i > 0; i--) {
            char opcode = opcode();
            out.write(opcode == 'Q' ? 'P' : opcode);
            switch (opcode) {
                case 'A', 'M', 'N', 'S' -> {
                    byte[] content = anyBytes();
                    out.writeBytes(int32(random.nextInt(20) == 0 ? count() : content.length));
                    out.writeBytes(content);
                }
                case 'H', 'I' -> {
                    byte[] digits = Integer.toString(random.nextInt()).getBytes(StandardCharsets.UTF_8);
                    out.writeBytes(int32(digits.length));
                    out.writeBytes(digits);
                }
                case 'd', 'f', 'i', 'q' -> {
                    int elements = random.nextInt(4);
                    out.writeBytes(int32(random.nextInt(20) == 0 ? count() : elements));
                    out.writeBytes(new byte[elements * (opcode == 'd' || opcode == 'q' ? 8 : 4)]);
                }
                case 'D' -> out.writeBytes(new byte[8]);
                case 'T' -> out.writeBytes(new byte[16]);
                case 'F', 'G', 'B', 'K', '@', 'E', 'O' ->
                    out.writeBytes(int32(random.nextInt(20) == 0 ? count() : random.nextInt(4)));
                default -> {}
            }
        }
        out.write('Q');
        return out.toByteArray();
    }

    private byte[] mutated(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        byte[] result = bytes.clone();
        switch (random.nextInt(6)) {
            case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> result[at] = (byte) opcode();
            case 2 -> System.arraycopy(int32(count()), 0, result, at, Math.min(4, bytes.length - at));
            case 3 -> result = Arrays.copyOf(bytes, at);
            case 4 ->
                result = spliced(bytes, at, at + random.nextInt(Math.min(16, bytes.length - at) + 1), new byte[0]);
            default -> {
                byte[] other = ValueWriter.write(values.value(1), ChannelResolver.NONE, Values.PACKED);
                result = spliced(bytes, at, at, Arrays.copyOf(other, other.length - 1));
            }
        }
        return result;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] instead) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(instead);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private char opcode() {
        return OPCODES.charAt(random.nextInt(OPCODES.length()));
    }

    private int count() {
        return COUNTS[random.nextInt(COUNTS.length)];
    }

    private static byte[] int32(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }
}
