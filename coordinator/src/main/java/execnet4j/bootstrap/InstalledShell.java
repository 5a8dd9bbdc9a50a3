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
            return connect(install(id, output, deadline), output, deadline);
        } catch (ChannelInterruptedException e) {
            // It says so by the flag as well as by its type.
            boolean unused = Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException | ExecnetException e) {
            throw failure(hop, e);
        }
    }

    private InstalledServer install(String id, Consumer<String> output, Deadline deadline)
            throws IOException, FarFailure, InterruptedException {
        if (!hop.python()) {
            return InstalledServer.ofJvm(hop, isHere(), deadline);
        }
        if (isHere()) {
            return InstalledServer.ofPython(hop, id, inShort(), output, deadline);
        }
        throw new IOException(
                "it is a Python worker that is not known to be on this machine, and has no certificate by which it would"
                        + " be known elsewhere; write via= in place of installvia=, or make that gateway a JVM worker");
    }

    private FarTransport connect(InstalledServer server, Consumer<String> output, Deadline deadline)
            throws FarFailure, InterruptedException {
        boolean opened = false;
        try {
            FarTransport transport = ServedTransport.connect(
                    new HostAndPort(isHere() ? "127.0.0.1" : hop.host(), server.port()),
                    server.token(),
                    server.pin(),
                    deadline.orSooner(spec.connectTimeout()),
                    output);
            CompletableFuture<Void> unused = transport.exit().thenRun(server.end());
            opened = true;
            return transport;
        } catch (IOException e) {
            throw server.explained(failure(hop, e), deadline);
        } finally {
            if (!opened) {
                server.end().run();
            }
        }
    }

    private boolean isHere() {
        return hop.host().equals(HERE);
    }

    static FarFailure failure(Hop hop, Exception e) {
        if (e instanceof NoHostException) {
            return new FarFailure(Stage.CONNECT, String.valueOf(e.getMessage()), true, null);
        }
        if (e instanceof LinkException refused) {
            return new FarFailure(refused.stage(), String.valueOf(e.getMessage()));
        }
        return new FarFailure(Stage.CONNECT, "no server of gateway " + hop.id() + " was reached: " + e.getMessage());
    }

    @Override
    public FarFailure explain(FarFailure failure, WorkerDiagnosis diagnosis) {
        return failure;
    }
}
