package execnet4j;

import execnet4j.bootstrap.ClassArchive;
import execnet4j.channel.Channel;
import execnet4j.error.ExecnetException;
import execnet4j.rehearsal.Rehearsal;
import execnet4j.spec.GatewaySpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processes that one archive comes from: a worker that does what workers do, for the JVM to see which classes that takes;
 * up to Java 24 a JVM that puts them into the archive; and one that tries it.
 */
final class ArchiveRun {
    /** The name of the result. */
    static final String ARCHIVE = "archive";

    private static final String CLASSES = "classes";

    /** The names of all that these processes write. */
    static final List<String> FILES = List.of(ARCHIVE, ARCHIVE + ".config", CLASSES);

    /** Others go first, but it should not take for ever on a busy machine either. */
    private static final int NICE = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final List<Object> ITEMS =
            List.of(1, 1L << 40, 0.5, true, "text", new byte[1], new double[1], List.of(1, "a"), Map.of("a", 1));

    private final ClassArchive archive;
    private final GatewaySpec spec;
    private final int release;
    private final Path workshop;

    ArchiveRun(ClassArchive archive, GatewaySpec spec, int release, Path workshop) {
        this.archive = archive;
        this.spec = spec;
        this.release = release;
        this.workshop = workshop;
    }

    /** Whether there is an archive now that a JVM can use. */
    boolean make() throws IOException {
        Path result = workshop.resolve(ARCHIVE);
        try {
            if (release >= ClassArchive.AHEAD_OF_TIME_SINCE) {
                return rehearse("-XX:AOTCacheOutput=" + result)
                        && java("-XX:AOTMode=on", "-XX:AOTCache=" + result, "-version");
            }
            Path classes = workshop.resolve(CLASSES);
            return rehearse("-XX:DumpLoadedClassList=" + classes)
                    && java("-Xshare:dump", "-XX:SharedClassListFile=" + classes, "-XX:SharedArchiveFile=" + result)
                    && java("-Xshare:on", "-XX:SharedArchiveFile=" + result, "-version");
        } catch (ExecnetException | IllegalStateException e) {
            // A runtime that does not know the option, a process that is ending: there is none.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A worker with an option more, from its start to its end. */
    private boolean rehearse(String option) {
        String nice = spec.nice().isPresent() ? "" : "//nice=" + NICE;
        GatewaySpec watched = GatewaySpec.of(spec.text() + nice + "//jvm:execnet4j=" + option.replace("//", "////"));
        try (Group group = Group.builder()
                .outputListener((id, line) -> {})
                .endsAtOnceAtExit()
                .build()) {
            Gateway gateway = group.makeGateway(watched, PATIENCE);
            play(gateway.remoteExec(Rehearsal.class));
            play(gateway.remoteExec(Rehearsal::echo));
            play(gateway.remoteExec(Rehearsal.lambda("captured")));
            gateway.remoteStatus();
            return group.terminate(PATIENCE).allGraceful();
        }
    }

    private static void play(Channel channel) {
        ITEMS.forEach(channel::send);
        channel.send(null);
        channel.setCallback(item -> {});
        channel.waitClose(PATIENCE);
    }

    private boolean java(String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("nice", "-n", Integer.toString(NICE)));
        words.add(archive.java().toString());
        words.addAll(archive.options());
        words.addAll(ClassArchive.IN_PLACE);
        words.addAll(List.of("-cp", archive.kernel().toString()));
        words.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(spec.env());
        Process process = builder.start();
        AtExit.watch(process);
        try {
            return process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
            AtExit.forget(process);
        }
    }
}
