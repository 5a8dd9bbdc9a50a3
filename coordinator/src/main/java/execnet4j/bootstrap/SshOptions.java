package execnet4j.bootstrap;

import execnet4j.concurrent.Deadline;
import execnet4j.spec.SshTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What ssh gets beside what the spec says. It comes after that: ssh takes the first value of an option, so the spec can say
 * otherwise, and the user's configuration for all else.
 */
final class SshOptions {
    /** Seconds between questions and how many may stay without an answer: a dead link is noticed after 12. */
    private static final int ALIVE_INTERVAL = 3;

    private static final int ALIVE_COUNT = 3;

    /** Options of the spec that say how connections are shared. */
    private static final List<String> OWN_WAY = List.of("ControlPath", "ControlMaster", "ControlPersist");

    private SshOptions() {}

    /** From {@code ssh} to the host and our options, without a command. */
    static List<String> call(SshTarget target, Duration connectTimeout) {
        List<String> words = new ArrayList<>(List.of("ssh"));
        words.addAll(target.words());
        words.addAll(common(connectTimeout));
        return List.copyOf(words);
    }

    static List<String> common(Duration connectTimeout) {
        return List.of(
                // no terminal, whatever the configuration says
                "-T",
                // nobody is there to be asked for a pass phrase or about a new host
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=" + connectTimeout.toSeconds(),
                "-o",
                "ServerAliveInterval=" + ALIVE_INTERVAL,
                "-o",
                "ServerAliveCountMax=" + ALIVE_COUNT,
                // those of an open session elsewhere would be in the way
                "-o",
                "ClearAllForwardings=yes",
                "-o",
                "RemoteCommand=none");
    }

    /**
     * Whether workers share a connection of ours: not if the spec or the user's configuration has something to say about
     * that. In doubt they do not, and ssh itself says what is wrong.
     */
    static boolean share(SshTarget target, Deadline deadline) throws IOException, InterruptedException {
        for (String word : target.words()) {
            boolean says = OWN_WAY.stream()
                    .anyMatch(option -> word.regionMatches(true, 0, option, 0, option.length())
                            || word.regionMatches(true, 2, option, 0, option.length()));
            if (says || word.matches("-[A-Za-z46]*[MS].*")) {
                return false;
            }
        }
        List<String> words = new ArrayList<>(List.of("ssh", "-G"));
        words.addAll(target.words());
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
            process.destroyForcibly();
            return false;
        }
        String settings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.exitValue() == 0 && settings.lines().noneMatch(SshOptions::sharesAlready);
    }

    private static boolean sharesAlready(String setting) {
        return setting.startsWith("controlpath ")
                || (setting.startsWith("controlmaster ") && !setting.matches("controlmaster (false|no)"));
    }
}
