package execnet4j.serve;

import execnet4j.link.GateSettings;
import execnet4j.link.Token;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Settings for a server; from {@link WorkerServer#builder()}. For one thread. */
public final class WorkerServerBuilder {
    private final GateSettings gate = new GateSettings();

    WorkerServerBuilder() {}

    /**
     * Where to listen. Without a choice: any port of 127.0.0.1.
     *
     * @param where an address of this machine, or 0.0.0.0 for all; port 0 for any
     * @return this
     */
    public WorkerServerBuilder address(InetSocketAddress where) {
        gate.address(where);
        return this;
    }

    /**
     * What clients must have. There has to be one.
     *
     * @param secret 16 to 1024 characters, hard to guess
     * @return this
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public WorkerServerBuilder token(String secret) {
        gate.token(Token.of(secret));
        return this;
    }

    /**
     * What clients must have, from a file.
     *
     * @param file holds nothing else; nobody but its owner may read it
     * @return this
     * @throws IOException if it cannot be read, or others may read it
     */
    public WorkerServerBuilder tokenFile(Path file) throws IOException {
        gate.token(Token.ofFile(file));
        return this;
    }

    /**
     * TLS with a certificate of its own, which is made once, with the Java runtime's {@code keytool}, and kept in
     * {@code ~/.config/execnet4j}, or below {@code $XDG_CONFIG_HOME}.
     *
     * @return this
     * @throws IOException if it cannot be made, or others may enter that folder
     */
    public WorkerServerBuilder tls() throws IOException {
        gate.keptIdentity();
        return this;
    }

    /**
     * TLS with a certificate of the user's.
     *
     * @param keyStore a PKCS#12 file with one key
     * @param password of the file and the key
     * @return this
     * @throws IOException if it cannot be read
     */
    public WorkerServerBuilder tls(Path keyStore, String password) throws IOException {
        gate.identity(keyStore, password);
        return this;
    }

    /**
     * Who is told of clients that come, go and are refused. Without a choice: this process's standard error.
     *
     * @param listener gets lines that are harmless to show; from any thread
     * @return this
     */
    public WorkerServerBuilder log(Consumer<String> listener) {
        gate.log(listener);
        return this;
    }

    /**
     * Starts the server.
     *
     * @return listening
     * @throws IOException if the port cannot be had
     * @throws IllegalArgumentException if there is no token, or the address is not of loopback and there is no TLS
     */
    public WorkerServer start() throws IOException {
        return new WorkerServer(gate);
    }
}
