package execnet4j.protocol;

import execnet4j.error.LoadException;
import execnet4j.text.HarmlessText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a worker.
 *
 * @param pid its process id
 * @param version of its language's runtime, such as {@code 17.0.15}
 * @param release the feature release of its Java runtime, such as 17; 0 for a Python
 * @param executable the program that runs it
 * @param platform operating system and processor, such as {@code Linux amd64}
 * @param cwd its working directory
 */
public record WorkerInfo(long pid, String version, int release, String executable, String platform, String cwd) {
    /** The kernel's own bounds are below this everywhere. */
    private static final long MAX_PID = 0xffff_ffffL;

    private static final int MAX_RELEASE = 999;

    /** Longer than any path that a system takes (PATH_MAX is 4096 on Linux, 1024 on macOS). */
    private static final int MAX_TEXT = 1 << 13;

    /**
     * Facts about this process.
     *
     * @return as of now
     */
    public static WorkerInfo ofThisProcess() {
        ThisProcess process = ThisProcess.find();
        return new WorkerInfo(
                process.pid(),
                System.getProperty("java.version", ""),
                Runtime.version().feature(),
                process.program(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("user.dir", ""));
    }

    /**
     * Whether the worker is a Python.
     *
     * @return false for a JVM
     */
    public boolean isPython() {
        return release == 0;
    }

    /**
     * As a value for the wire.
     *
     * @return a map of text and numbers
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pid", pid);
        map.put("version", version);
        map.put("release", release);
        map.put("executable", executable);
        map.put("platform", platform);
        map.put("cwd", cwd);
        return map;
    }

    /**
     * From a value of the wire, which a worker may have made up.
     *
     * @param value what came
     * @return the facts, their text harmless
     * @throws LoadException if it is something else, or a number or length is out of range
     */
    public static WorkerInfo of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new WorkerInfo(
                    number(map, "pid", 1, MAX_PID),
                    text(map, "version"),
                    (int) number(map, "release", 0, MAX_RELEASE),
                    text(map, "executable"),
                    text(map, "platform"),
                    text(map, "cwd"));
        }
        throw new LoadException("a worker's description of itself is not understood");
    }

    private static long number(Map<?, ?> map, String key, long least, long most) {
        Object field = map.get(key);
        if (field instanceof Integer || field instanceof Long) {
            long number = ((Number) field).longValue();
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new LoadException("a worker's description of itself has no such " + key + " as there can be");
    }

    private static String text(Map<?, ?> map, String key) {
        if (map.get(key) instanceof String text && text.length() <= MAX_TEXT) {
            return HarmlessText.of(text);
        }
        throw new LoadException("a worker's description of itself has no such " + key + " as there can be");
    }
}
