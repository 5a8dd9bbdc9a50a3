package execnet4j.transport;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.WorkerDiagnosis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A connection to a host that the workers there share, held by an ssh that serves none of them itself: so no worker's end takes
 * others along. It ends with its standard input, and so with this process, however that ends.
 */
final class SshMaster {
    /** The path of a socket has 100 bytes or so in all systems, and ssh adds 17 for a moment. */
    private static final int MAX_FOLDER_LENGTH = 70;

    private static final String READY = "ready";

    /**
     * What stands between this process and ssh, which does not read its standard input: waits for the end of either, ends the
     * other, and removes the folder with the socket. What a shell says of a killed ssh would end it if nobody reads that any more.
     */
    private static final String GUARD = """
            folder=$1
            shift
            exec 3<&0
            "$@" </dev/null 3<&- &
            master=$!
            exec 2>/dev/null
            { read -r _ <&3; kill "$master" 2>/dev/null; } >/dev/null 2>&1 &
            watch=$!
            wait "$master"
            status=$?
            kill "$watch" 2>/dev/null
            rm -rf "$folder"
            exit "$status"
            """;

    private final String host;
    private final List<String> ssh;
    private final Consumer<String> output;
    private final CompletableFuture<Path> ready = new CompletableFuture<>();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final CompletableFuture<OutputLines> printed = new CompletableFuture<>();
    private final CompletableFuture<Process> guard = new CompletableFuture<>();

    /** Not started yet. The words are ssh's, from its name on. */
    SshMaster(String host, List<String> ssh, Consumer<String> output) {
        this.host = host;
        this.ssh = ssh;
        this.output = output;
    }

    /** Once, by whoever made it. */
    void start() throws IOException {
        Path folder = folder();
        Path socket = folder.resolve("s");
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "ssh-guard", folder.toString()));
        words.addAll(ssh);
        // The local command is run when the connection can be shared.
        words.addAll(List.of("-M", "-N", "-S", socket.toString(), "-o", "ControlPersist=no"));
        words.addAll(List.of("-o", "PermitLocalCommand=yes", "-o", "LocalCommand=echo " + READY));
        try {
            Process process = new ProcessBuilder(LocalCommand.inOwnSession(words)).start();
            guard.complete(process);
            printed.complete(new OutputLines("ssh-" + host, process.getErrorStream(), output, () -> {}));
            DaemonThreads.start("execnet4j-ssh-" + host, () -> watch(process, socket));
        } catch (IOException e) {
            Files.deleteIfExists(folder);
            end.complete(-1);
            ready.completeExceptionally(e);
            throw e;
        }
    }

    /** Completes with the path of the socket; exceptionally if there is no connection, and then it has ended. */
    CompletableFuture<Path> ready() {
        return ready;
    }

    boolean hasEnded() {
        return end.isDone();
    }

    /** Ends it. Does not wait. */
    void close() {
        CompletableFuture<Void> unused = guard.thenAccept(process -> {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                // It has ended by itself.
            }
        });
    }

    /** What it has said last, if it has ended or does so soon; else nothing. */
    List<String> lastWords(Deadline deadline) {
        OutputLines lines = printed.getNow(null);
        if (lines == null || !deadline.awaits(end)) {
            return List.of();
        }
        lines.awaitEnd(deadline);
        return lines.lastLines();
    }

    /** Of its end. */
    WorkerDiagnosis diagnosis(Deadline deadline) {
        List<String> lines = lastWords(deadline);
        OptionalInt status = hasEnded() ? OptionalInt.of(end.join()) : OptionalInt.empty();
        return new WorkerDiagnosis(host, ssh, String.join(" ", ssh), status, lines);
    }

    private void watch(Process process, Path socket) {
        try {
            byte[] first = process.getInputStream().readNBytes(READY.length());
            if (new String(first, StandardCharsets.US_ASCII).equals(READY)) {
                ready.complete(socket);
            }
            end.complete(process.waitFor());
        } catch (IOException e) {
            process.destroy();
            end.complete(-1);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody who knows this thread interrupts it", e);
        } finally {
            ready.completeExceptionally(new IOException("ssh ended"));
        }
    }

    private static Path folder() throws IOException {
        Path usual = Path.of(System.getProperty("java.io.tmpdir"));
        Path place = usual.toString().length() > MAX_FOLDER_LENGTH ? Path.of("/tmp") : usual;
        return Files.createTempDirectory(place, "execnet4j-");
    }
}
