package execnet4j.cli;

import execnet4j.serve.WorkerServer;
import execnet4j.serve.WorkerServerBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code execnet4j serve}. */
@Command(
        name = "serve",
        description = {
            "Starts workers for coordinators that have its token, which reach it as socket=HOST:PORT. Each worker is a process of"
                    + " its own, of this user, in this folder. Whoever has the token can do here what this user can.",
            "",
            "The token is that of --token-file; else of the environment variable EXECNET4J_TOKEN; else one that is made once and"
                    + " kept in ~/.config/execnet4j/token.",
            "",
            "Beyond loopback, and with --tls, it speaks TLS 1.3; clients know it by the pin that is printed. Its certificate is"
                    + " made once and kept in ~/.config/execnet4j."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"1:the server could not begin", "2:wrong command line", "130:ended by Ctrl-C (143 by SIGTERM)"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  execnet4j serve --port 7700",
            "  execnet4j serve --bind 0.0.0.0 --port 7700 --token-file ~/.workers-token"
        })
final class ServeCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Where to listen: an address of this machine, or 0.0.0.0 for all. Default: ${DEFAULT-VALUE}.")
    private String bind = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The port; 0 for any that is free, which is printed. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--token-file", paramLabel = "FILE", description = "Has the token; only its owner may read it.")
    private @Nullable Path tokenFile;

    @Option(names = "--tls", description = "Speaks TLS on loopback, too.")
    private boolean tls;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "A PKCS#12 file with the key and certificate to use instead.")
    private @Nullable Path certificate;

    @Option(
            names = "--certificate-password-file",
            paramLabel = "FILE",
            description = "Has the password of that file in its first line.")
    private @Nullable Path certificatePasswordFile;

    @Override
    public Integer call() {
        InetSocketAddress address = address();
        if ((certificate == null) != (certificatePasswordFile == null)) {
            throw wrong("--certificate and --certificate-password-file belong together");
        }
        try {
            WorkerServerBuilder settings = WorkerServer.builder().address(address);
            TokenChoice token = TokenChoice.of(tokenFile);
            useToken(settings, token);
            useCertificate(settings, address);
            WorkerServer server = settings.start();
            tell(server, token);
            new CountDownLatch(1).await();
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("execnet4j: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FAILED;
    }

    private InetSocketAddress address() {
        try {
            return PlaceToListen.of(bind, port);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private static void useToken(WorkerServerBuilder settings, TokenChoice token) throws IOException {
        if (token.fromEnvironment() != null) {
            settings.token(token.fromEnvironment());
        } else if (token.file() != null) {
            settings.tokenFile(token.file());
        }
    }

    private void useCertificate(WorkerServerBuilder settings, InetSocketAddress address) throws IOException {
        if (certificate != null && certificatePasswordFile != null) {
            settings.tls(
                    certificate,
                    Files.readAllLines(certificatePasswordFile).stream()
                            .findFirst()
                            .orElse(""));
        } else if (tls || !address.getAddress().isLoopbackAddress()) {
            settings.tls();
        }
    }

    private static void tell(WorkerServer server, TokenChoice token) {
        PrintStream out = System.out;
        InetSocketAddress address = server.address();
        out.println("listening on " + address.getAddress().getHostAddress() + " port " + address.getPort());
        server.pin().ifPresent(pin -> out.println("pin " + pin));
        out.println(token);
        out.flush();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
