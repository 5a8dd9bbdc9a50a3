package tasks;

import execnet4j.channel.Channel;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Holds all memory that there is. */
final class Hoard {
    /** Names the file that gets a byte when the heap is full: to write that needs no memory. */
    static final String FILE_VARIABLE = "EXECNET4J_TEST_HOARD";

    private static Object[] held = {};

    private Hoard() {}

    static void fill(Channel channel) throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        FileOutputStream file = new FileOutputStream(System.getenv(FILE_VARIABLE), true);
        channel.send("running");
        for (int size = 1 << 16; size > 0; size /= 2) {
            takeAllOf(size);
        }
        file.write(1);
        while (true) {
            awaitAsFarAsPossible(never);
        }
    }

    private static void takeAllOf(int size) {
        try {
            while (true) {
                Object[] more = new Object[size];
                more[0] = held;
                held = more;
            }
        } catch (OutOfMemoryError e) {
            // That is all of this size.
        }
    }

    private static void awaitAsFarAsPossible(CountDownLatch never) throws InterruptedException {
        try {
            never.await();
        } catch (OutOfMemoryError e) {
            Thread.onSpinWait();
        }
    }
}
