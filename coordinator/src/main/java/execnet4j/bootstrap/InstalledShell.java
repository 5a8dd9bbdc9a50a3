package execnet4j.bootstrap;

import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.link.LinkException;
import execnet4j.spec.GatewaySpec;
import execnet4j.spec.HostAndPort;
import execnet4j.transport.FarTransport;
import execnet4j.transport.Hop;
import execnet4j.transport.NoHostException;
import execnet4j.transport.ServedTransport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A shell from a server that another gateway's worker is made to be, for as long as the shell is needed: the bytes then go by a
 * socket and not through that worker's gateway, which has brought the token and the pin.
 */
final class InstalledShell implements FarShell {
    private static final String HERE = "localhost";

    private final Hop hop;
    private final GatewaySpec spec;

    InstalledShell(Hop hop, GatewaySpec spec) {
        this.hop = hop;
        this.spec = spec;
    }

    @Override
    public String host() {
        return hop.host();
    }

    @Override
    public String place() {
        return inShort() + " on " + hop.host();
    }

    @Override
    public String inShort() {
        return "installvia=" + hop.id();
    }

    @Override
    public List<String> command() {
        return List.of(inShort());
    }

    @Override
    public FarTransport open(String id, Consumer<String> output, Deadline deadline)
            throws FarFailure, InterruptedException {
        try {
            return connect(deadline, output);
        } catch (ChannelInterruptedException e) {
            // It says so by the flag as well as by its type.
            boolean unused = Thread.interrupted();
            throw new InterruptedException();
        } catch (NoHostException e) {
            throw new FarFailure(Stage.CONNECT, String.valueOf(e.getMessage()), true, null);
        } catch (LinkException e) {
            throw new FarFailure(e.stage(), String.valueOf(e.getMessage()));
        } catch (IOException | ExecnetException e) {
            throw new FarFailure(Stage.CONNECT, "no server of gateway " + hop.id() + " was reached: " + e.getMessage());
        }
    }

    private FarTransport connect(Deadline deadline, Consumer<String> output) throws IOException, InterruptedException {
        boolean here = hop.host().equals(HERE);
        InstalledServer server = InstalledServer.of(hop, here, deadline);
        boolean opened = false;
        try {
            FarTransport transport = ServedTransport.connect(
                    new HostAndPort(here ? "127.0.0.1" : hop.host(), server.port()),
                    server.token(),
                    server.pin(),
                    deadline.orSooner(spec.connectTimeout()),
                    output);
            CompletableFuture<Void> unused = transport.exit().thenRun(server.end());
            opened = true;
            return transport;
        } finally {
            if (!opened) {
                server.end().run();
            }
        }
    }

    @Override
    public FarFailure explain(FarFailure failure, WorkerDiagnosis diagnosis) {
        return failure;
    }
}
