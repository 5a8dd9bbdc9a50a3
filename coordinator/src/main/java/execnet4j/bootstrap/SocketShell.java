package execnet4j.bootstrap;

import execnet4j.concurrent.Deadline;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.link.LinkException;
import execnet4j.link.Pin;
import execnet4j.link.Token;
import execnet4j.spec.GatewaySpec;
import execnet4j.spec.HostAndPort;
import execnet4j.transport.FarTransport;
import execnet4j.transport.NoHostException;
import execnet4j.transport.ServedTransport;
import execnet4j.transport.SocketTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A shell from {@code execnet4j serve}. */
final class SocketShell implements FarShell {
    private final GatewaySpec spec;
    private final HostAndPort address;

    SocketShell(GatewaySpec spec) {
        this.spec = spec;
        this.address = spec.socket().orElseThrow();
    }

    @Override
    public String host() {
        return address.host();
    }

    @Override
    public String place() {
        return inShort();
    }

    @Override
    public String inShort() {
        return SocketTransport.diagnosis("socket", address).shortCommand();
    }

    @Override
    public List<String> command() {
        return SocketTransport.diagnosis("socket", address).command();
    }

    @Override
    public FarTransport open(String id, Consumer<String> output, Deadline deadline)
            throws FarFailure, InterruptedException {
        try {
            Optional<String> pin = spec.pin();
            return ServedTransport.connect(
                    address,
                    token(),
                    pin.isPresent() ? Pin.of(pin.get()) : null,
                    deadline.orSooner(spec.connectTimeout()),
                    output);
        } catch (NoHostException e) {
            throw new FarFailure(Stage.CONNECT, String.valueOf(e.getMessage()), true, null);
        } catch (LinkException e) {
            throw new FarFailure(e.stage(), e.getMessage() + hint(e));
        } catch (IOException e) {
            throw new FarFailure(Stage.CONNECT, String.valueOf(e.getMessage()));
        }
    }

    /** Plain execnet's server waits for a line, and so do we. */
    private static String hint(LinkException e) {
        return e.getCause() instanceof java.net.SocketTimeoutException
                ? "; if it is plain execnet's server, write bootstrap=execnet, too"
                : "";
    }

    private Token token() throws LinkException {
        try {
            if (spec.tokenFile().isPresent()) {
                return Token.ofFile(Path.of(spec.tokenFile().get()));
            }
            String token = System.getenv(Token.VARIABLE);
            if (token == null) {
                throw new IllegalArgumentException(
                        "the server wants a token: name its file with token_file=FILE, or put it"
                                + " into the environment as " + Token.VARIABLE
                                + "; or write bootstrap=execnet, if it is plain execnet's server");
            }
            return Token.of(token);
        } catch (IOException | IllegalArgumentException e) {
            throw new LinkException(Stage.AUTHENTICATE, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public FarFailure explain(FarFailure failure, WorkerDiagnosis diagnosis) {
        return failure;
    }
}
