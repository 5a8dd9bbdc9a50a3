package execnet4j;

import execnet4j.link.GateSettings;
import execnet4j.link.Token;
import execnet4j.spec.GatewaySpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Settings for a listener; from {@link Group#listener()}. For one thread. */
public final class ListenerBuilder {
    private final Group group;
    private final GateSettings gate = new GateSettings();
    private Map<String, String> environment;
    private String keys = "";

    ListenerBuilder(Group group) {
        this.group = group;
        String fresh = Token.fresh();
        gate.token(Token.of(fresh));
        environment = Map.of(Token.VARIABLE, fresh);
    }

    /**
     * Where to listen. Without a choice: any port of 127.0.0.1.
     *
     * @param where an address of this machine, or 0.0.0.0 for all; port 0 for any
     * @return this
     */
    public ListenerBuilder address(InetSocketAddress where) {
        gate.address(where);
        return this;
    }

    /**
     * What workers must have. Without a choice: a new one, for this listener alone.
     *
     * @param secret 16 to 1024 characters, hard to guess
     * @return this
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public ListenerBuilder token(String secret) {
        gate.token(Token.of(secret));
        environment = Map.of(Token.VARIABLE, secret.strip());
        return this;
    }

    /**
     * What workers must have, from a file.
     *
     * @param file holds nothing else; nobody but its owner may read it
     * @return this
     * @throws IOException if it cannot be read, or others may read it
     */
    public ListenerBuilder tokenFile(Path file) throws IOException {
        gate.token(Token.ofFile(file));
        environment = Map.of(Token.FILE_VARIABLE, file.toAbsolutePath().toString());
        return this;
    }

    /**
     * TLS, with the certificate that {@link execnet4j.serve.WorkerServerBuilder#tls()} has, too; needed beyond loopback.
     *
     * @return this
     * @throws IOException if it cannot be made, or others may enter its folder
     */
    public ListenerBuilder tls() throws IOException {
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
    public ListenerBuilder tls(Path keyStore, String password) throws IOException {
        gate.identity(keyStore, password);
        return this;
    }

    /**
     * Who is told of those that are sent away. Without a choice: this process's standard error.
     *
     * @param listener gets lines that are harmless to show; from any thread
     * @return this
     */
    public ListenerBuilder log(Consumer<String> listener) {
        gate.log(listener);
        return this;
    }

    /**
     * How long nothing at all may come from a worker until it is lost, as {@code silence_limit} for others. Without a choice
     * it is waited for.
     *
     * @param limit 10 to 99,999 seconds, and no fraction of one
     * @return this
     * @throws execnet4j.error.SpecException if it is something else, or is chosen already
     */
    public ListenerBuilder silenceLimit(Duration limit) {
        return with("//silence_limit=", limit);
    }

    /**
     * How long nothing at all may come to a worker until it ends, as {@code orphan_timeout} for others. Without a choice: two
     * minutes.
     *
     * @param timeout 10 to 99,999 seconds, and no fraction of one
     * @return this
     * @throws execnet4j.error.SpecException if it is something else, or is chosen already
     */
    public ListenerBuilder orphanTimeout(Duration timeout) {
        return with("//orphan_timeout=", timeout);
    }

    private ListenerBuilder with(String key, Duration value) {
        String more = keys
                + key
                + BigDecimal.valueOf(value.getSeconds())
                        .add(BigDecimal.valueOf(value.getNano(), 9))
                        .stripTrailingZeros()
                        .toPlainString();
        GatewaySpec unused = GatewaySpec.of("dialled=localhost:1" + more);
        keys = more;
        return this;
    }

    /**
     * Begins to listen.
     *
     * @return until it is closed
     * @throws IOException if the port cannot be had
     * @throws IllegalArgumentException if the address is not of loopback and there is no TLS
     */
    public Listener start() throws IOException {
        return new Listener(group, gate, environment, keys);
    }
}
