package execnet4j.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of workers that come by themselves. */
final class Listening {
    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            description =
                    "Takes workers that come there by themselves, instead of --tx, and prints the command that starts one."
                            + " TLS and a pin beyond loopback; port 0 for any.")
    private @Nullable String listen;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "With --listen: how many to wait for, without a limit of time. Default: 1.")
    private @Nullable Integer workers;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "With --listen: has the token that they must have; otherwise as of 'execnet4j serve'.")
    private @Nullable Path tokenFile;

    /** Refuses options that do not go together, or with others. */
    void check(CommandLine command, boolean alsoTx) {
        if (listen == null) {
            if (workers != null || tokenFile != null) {
                throw new ParameterException(
                        command, (workers != null ? "--workers" : "--token-file") + " is for --listen; leave it away");
            }
            return;
        }
        if (alsoTx) {
            throw new ParameterException(
                    command, "--listen and --tx each say where workers come from; leave one of the two away");
        }
        if (workers != null && workers < 1) {
            throw new ParameterException(command, "--workers is 1 or more, not " + workers);
        }
        try {
            InetSocketAddress unused = PlaceToListen.of(listen);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()));
        }
    }

    /** Where they come to; null if nobody shall. */
    @Nullable
    DialIns begin(boolean python, Console console) throws IOException {
        return listen == null
                ? null
                : new DialIns(
                        PlaceToListen.of(listen),
                        TokenChoice.of(tokenFile),
                        workers == null ? 1 : workers,
                        python,
                        console);
    }
}
