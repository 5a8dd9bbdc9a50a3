package execnet4j.worker;

import java.util.List;

/** What starts a JVM worker on the machine of its parent, over two pipes. */
public final class JvmLaunch {
    /** For the JVM of every worker. */
    public static final List<String> OPTIONS = List.of(
            // no file per process in the folder for temporary files
            "-XX:-UsePerfData",
            // the reason of a JVM that does not start must not go where stdout=null goes
            "-XX:+DisplayVMOutputToStderr",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            // the names of the two above before Java 19
            "-Dsun.stdout.encoding=UTF-8",
            "-Dsun.stderr.encoding=UTF-8");

    private static final String STREAMS = "exec 3<&0 4>&1 0</dev/null";
    private static final String STDOUT_TO_STDERR = " 1>&2";
    private static final String STDOUT_DROPPED = " 1>/dev/null";
    private static final String RUN =
            "; if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; else exec \"$@\"; fi";

    private JvmLaunch() {}

    /**
     * The words that come before those of the JVM. They move the protocol from descriptors 0 and 1 to 3 and 4 before
     * anything else can write there, give the worker no standard input, its standard error for standard output (or nothing),
     * and a session of its own where that can be had, so that Ctrl-C at its parent's terminal does not reach it and all it
     * starts can be killed together.
     *
     * @param forwardsStdout whether what tasks print is kept
     * @return to be followed by a java and its arguments
     */
    public static List<String> before(boolean forwardsStdout) {
        return List.of(
                "/bin/sh",
                "-c",
                STREAMS + (forwardsStdout ? STDOUT_TO_STDERR : STDOUT_DROPPED) + RUN,
                "execnet4j-worker");
    }
}
