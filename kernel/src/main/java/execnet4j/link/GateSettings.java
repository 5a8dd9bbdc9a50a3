package execnet4j.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a gate is to be like. For one thread. */
public final class GateSettings {
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private @Nullable Token token;
    private @Nullable Identity identity;
    private Consumer<String> log = line -> System.err.println("execnet4j: " + line);

    /** Any port of 127.0.0.1, no TLS, no token, and standard error for the log. */
    public GateSettings() {}

    /**
     * Where to listen.
     *
     * @param where an address of this machine, or 0.0.0.0 for all; port 0 for any
     */
    public void address(InetSocketAddress where) {
        address = where;
    }

    /**
     * What those who come must have.
     *
     * @param secret the token
     */
    public void token(Token secret) {
        token = secret;
    }

    /**
     * TLS, with this certificate.
     *
     * @param known by what those who come know this end
     */
    public void identity(Identity known) {
        identity = known;
    }

    /**
     * TLS, with the user's own certificate, see {@link Identity#keptIn}.
     *
     * @throws IOException if it cannot be made, or others may enter its folder
     */
    public void keptIdentity() throws IOException {
        identity = Identity.keptIn(PrivateFolder.ofUser());
    }

    /**
     * TLS, with the certificate of a file, see {@link Identity#ofFile}.
     *
     * @param keyStore a PKCS#12 file
     * @param password its password
     * @throws IOException if it cannot be read
     */
    public void identity(Path keyStore, String password) throws IOException {
        identity = Identity.ofFile(keyStore, password);
    }

    /**
     * Who is told of everyone who is sent away.
     *
     * @param listener gets lines that are harmless to show; from any thread
     */
    public void log(Consumer<String> listener) {
        log = listener;
    }

    /**
     * Who is told.
     *
     * @return as it was set
     */
    public Consumer<String> log() {
        return log;
    }

    /**
     * By what those who come know this end.
     *
     * @return null without TLS
     */
    public @Nullable Pin pin() {
        return identity == null ? null : identity.pin();
    }

    /**
     * Opens the gate.
     *
     * @param service {@link Link#SERVE} or {@link Link#LISTEN}
     * @param guests gets those who come in, each on a thread of its own
     * @return open until it is closed
     * @throws IOException if the port cannot be had; the message is for users
     * @throws IllegalArgumentException if there is no token, or the address is not of loopback and there is no TLS
     */
    public Gate open(String service, Consumer<Link> guests) throws IOException {
        if (token == null) {
            throw new IllegalArgumentException("a token is needed, by which those who may come in are known");
        }
        return Gate.open(address, token, identity, service, log, guests);
    }
}
