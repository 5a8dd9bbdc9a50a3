package execnet4j.bench.bare;

import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;

/** Arrays of numbers into new bytes and back by a loop written for the one type, in megabytes a second. */
public final class HandWrittenArrays implements Probe {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private final Timed.Work work;
    private final int size;
    /** Where results go, so that none is left out. */
    private volatile Object result = "";

    /**
     * Makes the array.
     *
     * @param kind {@code ints} or {@code doubles}
     * @param direction {@code write} or {@code read}
     */
    public HandWrittenArrays(String kind, String direction) {
        Object array = Numbers.array(kind);
        boolean write = direction.equals("write");
        if (array instanceof int[] ints) {
            byte[] bytes = written(ints);
            size = bytes.length;
            work = write ? () -> result = written(ints) : () -> result = readInts(bytes);
        } else {
            double[] doubles = (double[]) array;
            byte[] bytes = written(doubles);
            size = bytes.length;
            work = write ? () -> result = written(doubles) : () -> result = readDoubles(bytes);
        }
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        return Timed.figure(size / Timed.perStep(time, work) / 1e6);
    }

    private static byte[] written(int[] array) {
        byte[] bytes = new byte[array.length * Integer.BYTES];
        for (int i = 0; i < array.length; i++) {
            INTS.set(bytes, i * Integer.BYTES, array[i]);
        }
        return bytes;
    }

    private static byte[] written(double[] array) {
        byte[] bytes = new byte[array.length * Double.BYTES];
        for (int i = 0; i < array.length; i++) {
            DOUBLES.set(bytes, i * Double.BYTES, array[i]);
        }
        return bytes;
    }

    private static int[] readInts(byte[] bytes) {
        int[] array = new int[bytes.length / Integer.BYTES];
        for (int i = 0; i < array.length; i++) {
            array[i] = (int) INTS.get(bytes, i * Integer.BYTES);
        }
        return array;
    }

    private static double[] readDoubles(byte[] bytes) {
        double[] array = new double[bytes.length / Double.BYTES];
        for (int i = 0; i < array.length; i++) {
            array[i] = (double) DOUBLES.get(bytes, i * Double.BYTES);
        }
        return array;
    }
}
