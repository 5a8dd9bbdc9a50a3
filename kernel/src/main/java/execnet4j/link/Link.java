package execnet4j.link;

import execnet4j.error.GatewayStartException.Stage;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection whose ends have, as a rule, proved to each other who they are. Any thread. */
public final class Link implements AutoCloseable {
    /** Of a server that starts workers for its clients. */
    public static final String SERVE = "serve";

    /** Of a coordinator to which workers come. */
    public static final String LISTEN = "listen";

    private final Socket raw;
    private final InputStream input;
    private final OutputStream output;
    private final String peer;

    private Link(Socket raw, Socket socket) throws IOException {
        this.raw = raw;
        this.input = socket.getInputStream();
        this.output = new HalfClosing(socket);
        this.peer = peer(raw);
    }

    /**
     * The client's end. Blocks; whoever is tired of it closes the socket.
     *
     * @param connected the socket, closed if this fails
     * @param token what the server has, too
     * @param pin the server's certificate; null for a connection without TLS, within this machine
     * @param service {@link #SERVE} or {@link #LISTEN}
     * @return the connection
     * @throws LinkException if the server is not the right one, or refuses this client
     * @throws IOException if the connection breaks
     */
    public static Link asClient(Socket connected, Token token, @Nullable Pin pin, String service) throws IOException {
        boolean done = false;
        try {
            KeepAlive.on(connected);
            if (pin == null && !connected.getInetAddress().isLoopbackAddress()) {
                throw LinkException.refused("beyond this machine a server is known by its certificate: give the pin"
                        + " that it printed when it started, sha256:...");
            }
            Socket socket = pin == null ? connected : PinnedTls.over(connected, pin);
            Link link = new Link(connected, socket);
            new Handshake(link.input, link.output, token, service, pin == null ? "" : pin.text()).asClient();
            done = true;
            return link;
        } catch (LinkException e) {
            throw e;
        } catch (IOException e) {
            throw new LinkException(Stage.AUTHENTICATE, String.valueOf(e.getMessage()), e);
        } finally {
            if (!done) {
                connected.close();
            }
        }
    }

    /** The server's end, as {@link #asClient}; without TLS if there is no identity. */
    static Link asServer(Socket accepted, Token token, @Nullable Identity identity, String service) throws IOException {
        KeepAlive.on(accepted);
        Socket socket = identity == null ? accepted : identity.over(accepted);
        Link link = new Link(accepted, socket);
        String certificate = identity == null ? "" : identity.pin().text();
        new Handshake(link.input, link.output, token, service, certificate).asServer();
        return link;
    }

    /**
     * A connection whose other end proves nothing, as plain execnet's.
     *
     * @param connected the socket
     * @return the connection
     * @throws IOException if it has ended
     */
    public static Link unproven(Socket connected) throws IOException {
        return new Link(connected, connected);
    }

    static String peer(Socket socket) {
        InetAddress address = socket.getInetAddress();
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + socket.getPort();
    }

    /**
     * What the other end sends.
     *
     * @return not buffered
     */
    public InputStream input() {
        return input;
    }

    /**
     * What is sent to the other end; closing it leaves the other direction open.
     *
     * @return not buffered
     */
    public OutputStream output() {
        return output;
    }

    /**
     * Who is at the other end.
     *
     * @return its numerical address and port
     */
    public String peer() {
        return peer;
    }

    /**
     * How often in a row this system has sent something to the other one without an answer of that one's system.
     *
     * @return 0 if all is well, or the system does not say
     */
    public int unanswered() {
        return TcpRetries.of(raw);
    }

    /**
     * How long a read may wait.
     *
     * @param limit zero for ever
     * @throws IOException if the connection has ended
     */
    public void patience(Duration limit) throws IOException {
        raw.setSoTimeout((int) limit.toMillis());
    }

    /** Ends both directions at once, and who waits for either. What was sent and has not arrived may be lost. */
    @Override
    public void close() {
        try {
            raw.close();
        } catch (IOException e) {
            // It is of no use any more in any case.
        }
    }

    private static final class HalfClosing extends FilterOutputStream {
        private final Socket socket;

        HalfClosing(Socket socket) throws IOException {
            super(socket.getOutputStream());
            this.socket = socket;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            socket.shutdownOutput();
        }
    }
}
