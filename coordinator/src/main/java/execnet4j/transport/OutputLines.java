package execnet4j.transport;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.text.HarmlessText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Carries what a worker prints to a listener, line by line, and remembers the last lines: on a thread of its own what can be
 * read from a stream, else what it is given by one thread at a time.
 */
final class OutputLines {
    private static final int REMEMBERED_LINES = 20;
    /** A line that is longer goes out in pieces. */
    private static final int MAX_LINE_BYTES = 1 << 16;

    private static final int BUFFER_BYTES = 1 << 13;

    private final Consumer<String> listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile List<String> last = List.of();

    /**
     * Starts carrying.
     *
     * @param id the gateway's, for the thread's name
     * @param in what the worker prints, UTF-8
     * @param listener gets each line without its end; what it throws is ignored
     * @param atEnd what the thread does when all has been carried
     */
    OutputLines(String id, InputStream in, Consumer<String> listener, Runnable atEnd) {
        this(listener);
        DaemonThreads.start("execnet4j-output-" + id, () -> {
            try {
                carry(in);
            } finally {
                atEnd.run();
            }
        });
    }

    /** To be given what the worker prints, with {@link #take(byte[], int)} and {@link #end}. */
    OutputLines(Consumer<String> listener) {
        this.listener = listener;
    }

    /** The first so many of these have been printed. */
    void take(byte[] bytes, int number) {
        for (int i = 0; i < number; i++) {
            take(bytes[i]);
        }
    }

    /** Nothing more will be printed; ending again does nothing. */
    void end() {
        if (line.size() > 0) {
            endLine();
        }
        ended.countDown();
    }

    /** Waits for the end of the output, which a process that the worker left behind can hold open. */
    void awaitEnd(Deadline deadline) {
        try {
            ended.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** At most 20, each harmless to show. */
    List<String> lastLines() {
        return last;
    }

    private void carry(InputStream in) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                take(buffer, got);
            }
        } catch (IOException e) {
            // The stream was closed under us at the end of the process; what came before it has been carried.
        } finally {
            end();
        }
    }

    private void take(byte each) {
        if (each == '\n') {
            endLine();
        } else {
            line.write(each);
            if (line.size() >= MAX_LINE_BYTES) {
                endLine();
            }
        }
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        String whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        line.reset();
        last = Stream.concat(
                        last.stream().skip(Math.max(0, last.size() - REMEMBERED_LINES + 1)),
                        Stream.of(HarmlessText.inShort(whole)))
                .toList();
        try {
            listener.accept(whole);
        } catch (RuntimeException | Error e) {
            // A listener's failure must not stop the output of its worker, which would then block in print.
        }
    }
}
