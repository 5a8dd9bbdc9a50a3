package execnet4j.serial;

import execnet4j.error.DumpException;
import execnet4j.error.LoadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Throws bytes at the decoder. Each must give a value or a {@link LoadException}; a value must hash, print, and survive
 * being written and read again; the scanner and the stream reader must agree. How to run it: docs/fuzzing.md.
 */
public final class LoadFuzz {
    private static final ChannelResolver HANDLES = new ChannelResolver() {
        @Override
        public int idOf(Object value) {
            return value instanceof Handle handle ? handle.id() : NOT_A_CHANNEL;
        }

        @Override
        public Object channel(int id) {
            if (id == NOT_A_CHANNEL) {
                throw new LoadException("no channel has that number");
            }
            return new Handle(id);
        }
    };

    private LoadFuzz() {}

    /**
     * Runs it.
     *
     * @param args how many inputs, and the seed
     * @throws IOException never
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: LoadFuzz INPUTS SEED");
        }
        long inputs = Long.parseLong(args[0]);
        long seed = Long.parseLong(args[1]);
        long accepted = 0;
        Mutations mutations = new Mutations(new Random(seed));
        long start = System.nanoTime();
        for (long i = 0; i < inputs; i++) {
            byte[] input = mutations.next();
            try {
                accepted += check(input) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + " input " + i + ": " + HexFormat.of().formatHex(input), e);
            }
        }
        System.out.printf(
                "%d inputs, %d of them values, the rest refused; seed %d, %.0f s, heap at most %d MiB%n",
                inputs,
                accepted,
                seed,
                (System.nanoTime() - start) / 1e9,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** Checks one input, and throws what must not happen; true if it was a value. */
    static boolean check(byte[] input) throws IOException {
        Object value;
        try {
            value = ValueReader.read(input, HANDLES, ReadOptions.CHANNEL);
        } catch (LoadException e) {
            scanOrRefuse(input);
            streamOrRefuse(input);
            return false;
        }
        ChannelScan.channelIds(input);
        streamOrRefuse(input);
        int unused = Objects.hashCode(value) + String.valueOf(value).length();
        survive(value);
        return true;
    }

    private static void survive(@Nullable Object value) {
        byte[] written;
        try {
            written = ValueWriter.write(value, HANDLES, Values.PACKED);
            byte[] unused = ValueWriter.write(value, HANDLES, WriteOptions.PYTHON);
        } catch (DumpException e) {
            if (!String.valueOf(e.getMessage()).contains("one for Python")) {
                throw e;
            }
            return;
        }
        if (!Same.same(ValueReader.read(written, HANDLES, ReadOptions.CHANNEL), value)) {
            throw new AssertionError("not the same again: " + value);
        }
    }

    private static void scanOrRefuse(byte[] input) {
        try {
            ChannelScan.channelIds(input);
        } catch (LoadException e) {
            // as it may
        }
    }

    private static void streamOrRefuse(byte[] input) throws IOException {
        byte[] dump = new byte[input.length + 1];
        dump[0] = 2;
        System.arraycopy(input, 0, dump, 1, input.length);
        try {
            Dump.load(new ByteArrayInputStream(dump));
        } catch (LoadException e) {
            // as it may
        }
    }

    /** Stands in for a channel. */
    private record Handle(int id) {}
}
