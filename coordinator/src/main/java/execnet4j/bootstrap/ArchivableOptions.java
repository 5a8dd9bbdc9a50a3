package execnet4j.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which options of a JVM a class archive can be made and used with. Those that are known to do nothing but choose sizes and
 * the collector; with others (agents, modules, logs, archives of the user's own) there is no archive, as trying them out would
 * open their ports, write their files or end in a JVM that does not start.
 */
final class ArchivableOptions {
    /** What the launcher and the JVM add to the command line. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final List<String> SIZES = List.of("-Xmx", "-Xms", "-Xmn", "-Xss", "-XX:MaxRAM", "-XX:InitialRAM");
    private static final List<String> COLLECTORS = List.of("-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC");
    private static final List<String> ASSERTIONS = List.of("-ea", "-da", "-esa", "-dsa");

    private ArchivableOptions() {}

    /** Those that an archive is made for, null if there is one that it cannot be made with. */
    static @Nullable List<String> of(Map<String, String> environment, List<String> given) {
        List<String> all = new ArrayList<>();
        for (String variable : VARIABLES) {
            String text = environment.getOrDefault(variable, "").strip();
            if (!text.isEmpty()) {
                all.addAll(List.of(text.split("\\s+")));
            }
        }
        all.addAll(given);
        List<String> relevant = new ArrayList<>();
        for (String option : all) {
            if (COLLECTORS.contains(option) || SIZES.stream().anyMatch(option::startsWith)) {
                relevant.add(option);
            } else if (!isIrrelevant(option)) {
                return null;
            }
        }
        return relevant;
    }

    private static boolean isIrrelevant(String option) {
        boolean isUsersProperty =
                option.startsWith("-D") && !option.startsWith("-Djava.") && !option.startsWith("-Djdk.");
        return isUsersProperty || ASSERTIONS.contains(option);
    }
}
