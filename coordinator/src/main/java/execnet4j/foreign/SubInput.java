package execnet4j.foreign;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** What waits to be written to a sub-worker. Bounded: whoever adds more waits. */
final class SubInput {
    private static final int MOST_BYTES = 1 << 26;
    private static final byte[] END = new byte[0];

    private final OutputStream out;
    private final LinkedBlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MOST_BYTES);

    SubInput(OutputStream out) {
        this.out = out;
    }

    /** Waits while too much waits already. */
    void add(byte[] bytes) throws InterruptedException {
        if (bytes.length > 0) {
            room.acquire(Math.min(bytes.length, MOST_BYTES));
            queue.add(bytes);
        }
    }

    /** Nothing more comes. Does not wait. */
    void close() {
        queue.add(END);
    }

    /** Writes until the end, or until the sub-worker takes no more; what is still added then goes nowhere. */
    void write() {
        boolean listening = true;
        try (out) {
            for (byte[] bytes = queue.take(); bytes != END; bytes = queue.take()) {
                listening = listening && written(bytes);
                room.release(Math.min(bytes.length, MOST_BYTES));
            }
        } catch (IOException e) {
            // The sub-worker is gone; the end of its output says so to the master.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean written(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
