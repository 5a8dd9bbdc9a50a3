package execnet4j.process;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.link.Link;
import execnet4j.link.PartInput;
import execnet4j.link.PartKind;
import execnet4j.link.PartOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A process for one client: its streams travel in parts, see {@link PartKind}. When the client is gone, the process's input
 * ends, which is the sign to end for a worker; and if that takes too long all of it is killed.
 */
public final class ServedSession {
    /** All of a worker's own ladder: 5 seconds for its tasks, 10 once they are interrupted, 2 to send the rest, 5 for hooks. */
    private static final Duration AFTER_CLIENT = Duration.ofSeconds(22);

    private static final long AFTER_KILL_SECONDS = 1;
    private static final long FOR_LAST_OUTPUT_SECONDS = 1;
    private static final long FOR_FAREWELL_SECONDS = 30;
    private static final String LEFT = "it left without a word";

    private final Link link;
    private final ServedProcess process;
    private final long number;
    private final String ifLate;
    private final Duration afterClient;
    private final PartOutput toClient;
    private final InputQueue input = new InputQueue();
    private final CountDownLatch printed = new CountDownLatch(2);
    private final CountDownLatch exited = new CountDownLatch(1);
    private final CountDownLatch clientGone = new CountDownLatch(1);

    private volatile int status = -1;
    private volatile boolean heard;

    ServedSession(Link link, ServedProcess process, long number, String ifLate, Duration afterClient) {
        this.link = link;
        this.process = process;
        this.number = number;
        this.ifLate = ifLate;
        this.afterClient = afterClient;
        this.toClient = new PartOutput(link.output());
    }

    /**
     * How it ended.
     *
     * @param status of the process; -1 if it did not end although it was killed
     * @param complaint what the client did wrong; empty if nothing
     */
    public record End(int status, String complaint) {}

    /**
     * Serves a client until it and its process are gone. Closes the link.
     *
     * @param link to the client; its patience is for the first part that comes
     * @param process for the client
     * @param number for the names of threads
     * @param ifLate the complaint if that patience is over
     * @return how it ended
     */
    public static End run(Link link, ServedProcess process, long number, String ifLate) {
        try (link) {
            return new ServedSession(link, process, number, ifLate, AFTER_CLIENT).serve();
        }
    }

    End serve() {
        DaemonThreads.start("execnet4j-serve-input-" + number, () -> input.carry(process.input(), this::taken));
        DaemonThreads.start(
                "execnet4j-serve-output-" + number,
                () -> carry(process.output(), PartKind.OUTPUT, PartKind.OUTPUT_END));
        DaemonThreads.start(
                "execnet4j-serve-errors-" + number, () -> carry(process.errors(), PartKind.ERRORS, PartKind.ERRORS));
        DaemonThreads.start("execnet4j-serve-process-" + number, this::awaitExit);
        String why = "";
        try {
            obey();
        } catch (ProtocolException e) {
            why = String.valueOf(e.getMessage());
        } catch (SocketTimeoutException e) {
            why = ifLate;
        } catch (IOException e) {
            // Once it has said a word it is as gone as if it had closed the connection.
            why = heard ? "" : exited.getCount() > 0 ? LEFT : endedUnwanted();
        }
        if (!why.isEmpty()) {
            process.kill();
        }
        clientGone.countDown();
        input.end();
        awaitEnd();
        return new End(status, why);
    }

    private String endedUnwanted() {
        return "the process for it ended with status " + status + " before it said a word";
    }

    private void obey() throws IOException {
        PartInput parts = new PartInput(link.input());
        int kind = parts.next();
        if (kind < 0) {
            throw new ProtocolException(LEFT);
        }
        heard = true;
        link.patience(Duration.ZERO);
        for (; kind >= 0; kind = parts.next()) {
            switch (kind) {
                case PartKind.INPUT -> input.add(parts.rest());
                case PartKind.INPUT_END -> input.end();
                case PartKind.KILL -> process.kill();
                default -> throw new ProtocolException("a part of kind " + kind + " was sent");
            }
        }
    }

    private void awaitEnd() {
        try {
            if (!exited.await(afterClient.toNanos(), TimeUnit.NANOSECONDS)) {
                process.kill();
                boolean unused = exited.await(AFTER_KILL_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.kill();
            Thread.currentThread().interrupt();
        }
    }

    private void taken(int bytes) throws IOException {
        toClient.send(PartKind.TAKEN, bytes);
    }

    /** An empty part is the end of what has no end of its own. */
    private void carry(InputStream from, byte kind, byte end) {
        byte[] buffer = new byte[PartKind.MAX_BYTES];
        try (from) {
            for (int got = from.read(buffer); got >= 0; got = from.read(buffer)) {
                toClient.send(kind, buffer, 0, got);
            }
            toClient.send(end);
        } catch (IOException e) {
            // The client, or the process, is gone, as others notice.
        } finally {
            printed.countDown();
        }
    }

    /** The client is told, and closes the connection then; if it does not, it is closed here. */
    private void awaitExit() {
        status = process.waitFor();
        exited.countDown();
        try {
            boolean unused = printed.await(FOR_LAST_OUTPUT_SECONDS, TimeUnit.SECONDS);
            DaemonThreads.pool().execute(this::sayExit);
            long farewell = heard ? FOR_FAREWELL_SECONDS : FOR_LAST_OUTPUT_SECONDS;
            boolean unusedToo = clientGone.await(farewell, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            link.close();
        }
    }

    private void sayExit() {
        try {
            toClient.send(PartKind.EXIT, status);
        } catch (IOException e) {
            // The client is gone, as others notice.
        }
    }
}
