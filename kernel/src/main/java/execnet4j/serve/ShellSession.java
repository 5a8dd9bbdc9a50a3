package execnet4j.serve;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.link.Link;
import execnet4j.link.PartInput;
import execnet4j.link.PartKind;
import execnet4j.link.PartOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A shell for one client: its streams travel in parts, see {@link PartKind}. When the client is gone, the shell's input ends,
 * which is the sign to end for a worker; and if that takes too long all of it is killed.
 */
final class ShellSession {
    /** A worker's own ladder takes 15 seconds, and some more if its memory is full. */
    private static final long AFTER_CLIENT_SECONDS = 22;

    private static final long FOR_LAST_OUTPUT_SECONDS = 1;
    private static final long FOR_FAREWELL_SECONDS = 30;

    private final Link link;
    private final ShellProcess shell;
    private final long number;
    private final PartOutput toClient;
    private final InputQueue input = new InputQueue();
    private final CountDownLatch printed = new CountDownLatch(2);
    private final CountDownLatch exited = new CountDownLatch(1);
    private final CountDownLatch clientGone = new CountDownLatch(1);

    private ShellSession(Link link, ShellProcess shell, long number) {
        this.link = link;
        this.shell = shell;
        this.number = number;
        this.toClient = new PartOutput(link.output());
    }

    /** Serves a client until it and its shell are gone; says why, should the client have broken the rules. */
    static String run(Link link, long number) throws IOException {
        try (link) {
            return new ShellSession(link, ShellProcess.start(), number).serve();
        }
    }

    private String serve() throws IOException {
        DaemonThreads.start("execnet4j-serve-input-" + number, () -> input.carry(shell.input(), this::taken));
        DaemonThreads.start(
                "execnet4j-serve-output-" + number, () -> carry(shell.output(), PartKind.OUTPUT, PartKind.OUTPUT_END));
        DaemonThreads.start(
                "execnet4j-serve-errors-" + number, () -> carry(shell.errors(), PartKind.ERRORS, PartKind.ERRORS));
        DaemonThreads.start("execnet4j-serve-process-" + number, this::awaitExit);
        String why = "";
        try {
            obey();
        } catch (ProtocolException e) {
            why = String.valueOf(e.getMessage());
            shell.kill();
        } catch (IOException e) {
            // It is as gone as if it had closed the connection.
        }
        clientGone.countDown();
        input.end();
        awaitEnd();
        return why;
    }

    private void obey() throws IOException {
        PartInput parts = new PartInput(link.input());
        for (int kind = parts.next(); kind >= 0; kind = parts.next()) {
            switch (kind) {
                case PartKind.INPUT -> input.add(parts.rest());
                case PartKind.INPUT_END -> input.end();
                case PartKind.KILL -> shell.kill();
                default -> throw new ProtocolException("a part of kind " + kind + " was sent");
            }
        }
    }

    private void awaitEnd() {
        try {
            if (!exited.await(AFTER_CLIENT_SECONDS, TimeUnit.SECONDS)) {
                shell.kill();
            }
        } catch (InterruptedException e) {
            shell.kill();
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
        int status = shell.waitFor();
        exited.countDown();
        try {
            boolean unused = printed.await(FOR_LAST_OUTPUT_SECONDS, TimeUnit.SECONDS);
            DaemonThreads.pool().execute(() -> sayExit(status));
            boolean unusedToo = clientGone.await(FOR_FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            link.close();
        }
    }

    private void sayExit(int status) {
        try {
            toClient.send(PartKind.EXIT, status);
        } catch (IOException e) {
            // The client is gone, as others notice.
        }
    }
}
