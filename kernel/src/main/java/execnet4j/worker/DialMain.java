package execnet4j.worker;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.link.Link;
import execnet4j.link.PartKind;
import execnet4j.link.PartOutput;
import execnet4j.link.Pin;
import execnet4j.link.Token;
import execnet4j.process.ServedProcess;
import execnet4j.process.ServedSession;
import execnet4j.protocol.ExitStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Goes to a coordinator and starts a JVM worker for it, with the same options as its own JVM; for schedulers that start
 * processes themselves. Its token is that of the environment variable {@code EXECNET4J_TOKEN}, or of the file that {@code
 * EXECNET4J_TOKEN_FILE} names. It ends with the worker, and can kill it for the coordinator whatever that one is at.
 */
public final class DialMain {
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_PROVE = Duration.ofSeconds(30);
    private static final Duration TO_BE_CLAIMED = Duration.ofMinutes(1);

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private DialMain() {}

    /**
     * Serves one coordinator until that is gone; ends if nobody wants its worker within a minute.
     *
     * @param args {@code HOST PORT}, and beyond loopback the coordinator's pin
     */
    public static void main(String[] args) {
        if (args.length < 2 || args.length > 3 || !PORT.matcher(args[1]).matches()) {
            fail("the arguments are HOST PORT [sha256:PIN]; the environment has " + Token.VARIABLE + " or "
                    + Token.FILE_VARIABLE);
            return;
        }
        String coordinator = "the coordinator at " + args[0] + ":" + args[1] + ": ";
        try {
            ServedSession.End end =
                    serve(args[0], Integer.parseInt(args[1]), args.length == 2 ? null : new Pin(args[2]));
            if (end.complaint().isEmpty() && end.status() >= 0) {
                System.exit(end.status());
            }
            fail(coordinator + (end.complaint().isEmpty() ? "its worker cannot be killed" : end.complaint()));
        } catch (UnknownHostException e) {
            fail(coordinator + "there is no such host");
        } catch (IOException | IllegalArgumentException e) {
            fail(coordinator + e.getMessage());
        }
    }

    private static ServedSession.End serve(String host, int port, @Nullable Pin pin) throws IOException {
        Token token = token();
        List<String> command = OwnJava.command(DialMain.class, WorkerMain.class);
        Socket socket = new Socket();
        socket.setSoTimeout((int) TO_CONNECT.toMillis());
        socket.connect(new InetSocketAddress(host, port), (int) TO_CONNECT.toMillis());
        Link link = proved(socket, token, pin);
        byte[] kind = PartKind.JAVA.getBytes(StandardCharsets.US_ASCII);
        new PartOutput(link.output()).send(PartKind.WORKER, kind, 0, kind.length);
        ServedProcess worker = ServedProcess.start(command);
        // Who ends this process ends the worker.
        Runtime.getRuntime().addShutdownHook(new Thread(worker::kill, "execnet4j-kill"));
        return serve(link, worker, TO_BE_CLAIMED);
    }

    /** However slowly it speaks. */
    private static Link proved(Socket socket, Token token, @Nullable Pin pin) throws IOException {
        CompletableFuture<Link> proved = new CompletableFuture<>();
        DaemonThreads.pool().execute(() -> {
            try {
                proved.complete(Link.asClient(socket, token, pin, Link.LISTEN));
            } catch (IOException | RuntimeException e) {
                proved.completeExceptionally(e);
            }
        });
        try {
            if (!Deadline.in(TO_PROVE).awaits(proved.handle((link, failure) -> failure))) {
                socket.close();
                throw new IOException("it did not prove itself within " + TO_PROVE.toSeconds() + " seconds");
            }
            return proved.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    static ServedSession.End serve(Link link, ServedProcess worker, Duration toBeClaimed) throws IOException {
        link.patience(toBeClaimed);
        String seconds = BigDecimal.valueOf(toBeClaimed.toMillis(), 3)
                .stripTrailingZeros()
                .toPlainString();
        return ServedSession.run(
                link, worker, 1, "the coordinator did not want this worker within " + seconds + " seconds");
    }

    private static Token token() throws IOException {
        String given = System.getenv(Token.VARIABLE);
        String file = System.getenv(Token.FILE_VARIABLE);
        if (given == null && file == null) {
            throw new IOException("a token is wanted: put it into the environment as " + Token.VARIABLE
                    + ", or the name of its file as " + Token.FILE_VARIABLE);
        }
        return given != null ? Token.of(given) : Token.ofFile(Path.of(file));
    }

    private static void fail(String why) {
        System.err.println("execnet4j: " + why);
        System.exit(ExitStatus.UNUSABLE);
    }
}
