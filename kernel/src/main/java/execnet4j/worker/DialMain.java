package execnet4j.worker;

import execnet4j.link.Link;
import execnet4j.link.Pin;
import execnet4j.link.Token;
import execnet4j.protocol.ExitStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The main program of a JVM worker that goes to its coordinator, for schedulers that start processes themselves. Its token is
 * that of the environment variable {@code EXECNET4J_TOKEN}, or of the file that {@code EXECNET4J_TOKEN_FILE} names.
 */
public final class DialMain {
    private static final String TOKEN_FILE = Token.VARIABLE + "_FILE";
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_BE_CLAIMED = Duration.ofMinutes(1);

    private DialMain() {}

    /**
     * Serves one coordinator until that is gone; ends if nobody wants it within a minute.
     *
     * @param args {@code HOST PORT}, and beyond loopback the coordinator's pin
     */
    public static void main(String[] args) {
        if (args.length < 2 || args.length > 3) {
            fail("the arguments are HOST PORT [sha256:PIN]; the environment has " + Token.VARIABLE + " or "
                    + TOKEN_FILE);
            return;
        }
        try {
            serve(args[0], Integer.parseInt(args[1]), args.length == 2 ? null : new Pin(args[2]));
        } catch (SocketTimeoutException e) {
            fail("the coordinator at " + args[0] + ":" + args[1]
                    + " did not answer, or did not want this worker within " + TO_BE_CLAIMED.toSeconds() + " seconds");
        } catch (IOException | IllegalArgumentException e) {
            fail("the coordinator at " + args[0] + ":" + args[1] + ": " + e.getMessage());
        }
    }

    private static void serve(String host, int port, @Nullable Pin pin) throws IOException {
        Token token = token();
        Socket socket = new Socket();
        socket.setSoTimeout((int) TO_CONNECT.toMillis());
        socket.connect(new InetSocketAddress(host, port), (int) TO_CONNECT.toMillis());
        Link link = Link.asClient(socket, token, pin, Link.LISTEN);
        link.patience(TO_BE_CLAIMED);
        WorkerMain.serve(link.input(), link.output(), () -> link.patience(Duration.ZERO));
    }

    private static Token token() throws IOException {
        String given = System.getenv(Token.VARIABLE);
        String file = System.getenv(TOKEN_FILE);
        if (given == null && file == null) {
            throw new IOException("a token is wanted: put it into the environment as " + Token.VARIABLE
                    + ", or the name of its file as " + TOKEN_FILE);
        }
        return given != null ? Token.of(given) : Token.ofFile(Path.of(file));
    }

    private static void fail(String why) {
        System.err.println("execnet4j: " + why);
        System.exit(ExitStatus.UNUSABLE);
    }
}
