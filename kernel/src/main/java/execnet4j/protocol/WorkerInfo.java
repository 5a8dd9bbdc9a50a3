package execnet4j.protocol;

import execnet4j.error.LoadException;
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
    /**
     * Facts about this process.
     *
     * @return as of now
     */
    public static WorkerInfo ofThisProcess() {
        return new WorkerInfo(
                ProcessHandle.current().pid(),
                System.getProperty("java.version", ""),
                Runtime.version().feature(),
                ProcessHandle.current().info().command().orElse(System.getProperty("java.home") + "/bin/java"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("user.dir", ""));
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
     * From a value of the wire.
     *
     * @param value what came
     * @return the facts
     * @throws LoadException if it is something else
     */
    public static WorkerInfo of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map
                && map.get("pid") instanceof Number pid
                && map.get("version") instanceof String version
                && map.get("release") instanceof Integer release
                && map.get("executable") instanceof String executable
                && map.get("platform") instanceof String platform
                && map.get("cwd") instanceof String cwd) {
            return new WorkerInfo(pid.longValue(), version, release, executable, platform, cwd);
        }
        throw new LoadException("a worker's description of itself lacks a field");
    }
}
