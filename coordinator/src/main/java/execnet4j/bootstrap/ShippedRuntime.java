package execnet4j.bootstrap;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.GatewayStartException.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Java runtime for hosts that have none, packed to be sent there.
 *
 * @param file the archive
 * @param hash its SHA-256, in hexadecimal digits
 * @param size its bytes
 * @param platform where it runs, in the words of {@code platform} in {@code far_start.sh}
 */
record ShippedRuntime(Path file, String hash, long size, String platform) {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Of this process; made once. */
    private static final AtomicReference<@Nullable CompletableFuture<ShippedRuntime>> CURRENT = new AtomicReference<>();

    /** The one for the platform of this process. What is not ready in time goes on being made, for the next who asks. */
    static ShippedRuntime current(Consumer<String> output, Deadline deadline) throws FarFailure, InterruptedException {
        CompletableFuture<ShippedRuntime> mine = new CompletableFuture<>();
        CompletableFuture<ShippedRuntime> earlier = CURRENT.compareAndExchange(null, mine);
        if (earlier == null) {
            DaemonThreads.pool().execute(() -> make(mine, output));
        }
        try {
            return (earlier == null ? mine : earlier).get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new FarFailure(
                    Stage.SPAWN,
                    "the Java runtime for java=ship is still being made, which goes on for as long as this program runs;"
                            + " start the worker again in a while, or give its start more time");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new FarFailure(Stage.SPAWN, "there is no Java runtime for java=ship: " + cause.getMessage());
        }
    }

    private static void make(CompletableFuture<ShippedRuntime> result, Consumer<String> output) {
        try {
            Path file = KeptRuntime.packed(output);
            result.complete(new ShippedRuntime(file, hash(file), Files.size(file), ownPlatform()));
        } catch (Exception | Error e) {
            CURRENT.set(null);
            result.completeExceptionally(e);
        }
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int got = digested.read(buffer); got >= 0; got = digested.read(buffer)) {
                // Reading is all that is wanted.
            }
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By the same words as on the other hosts. */
    private static String ownPlatform() throws IOException {
        Process shell = new ProcessBuilder("/bin/sh", "-c", FarProgram.functions() + "\nplatform")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        shell.getOutputStream().close();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
