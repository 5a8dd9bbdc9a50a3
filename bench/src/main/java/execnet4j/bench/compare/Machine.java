package execnet4j.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** Facts of the machine and of what is compared. */
final class Machine {
    private Machine() {}

    /** As lines of a Markdown list. */
    static String facts(List<Jdk> jdks, Peers peers, String command) {
        return String.join(
                "\n",
                "- date: " + LocalDate.now(ZoneOffset.UTC),
                "- command: `" + command + "`",
                "- machine: " + Runtime.getRuntime().availableProcessors() + " processors, " + processor() + ", "
                        + memory() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "- Java: " + jdks.stream().map(Machine::version).collect(Collectors.joining(", ")),
                "- stock execnet: "
                        + python(
                                peers.python(),
                                "import execnet, platform; "
                                        + "print(execnet.__version__, 'on Python', platform.python_version())"),
                "- Py4J: " + python(peers.py4j(), "import py4j.version as v; print(v.__version__)"),
                "- C compiler: " + (peers.bare().isEmpty() ? "none" : said(List.of("cc", "--version"))));
    }

    private static String processor() {
        return fact("/proc/cpuinfo", "model name", "an unknown processor");
    }

    private static String memory() {
        String kilobytes = fact("/proc/meminfo", "MemTotal", "").replaceAll("\\D", "");
        return kilobytes.isEmpty() ? "unknown memory" : Math.round(Long.parseLong(kilobytes) / 1048576.0) + " GiB";
    }

    private static String fact(String file, String key, String otherwise) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).replaceFirst("^\\s*[:=]\\s*", ""))
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }

    private static String version(Jdk jdk) {
        String version = fact(jdk.home() + "/release", "JAVA_RUNTIME_VERSION", "");
        String full = version.isEmpty() ? said(List.of(jdk.home() + "/bin/java", "--version")) : version;
        return full.isEmpty() ? Integer.toString(jdk.release()) : full.replace("\"", "");
    }

    private static String python(String python, String program) {
        return python.isEmpty() ? "not on this machine" : said(List.of(python, "-c", program));
    }

    /** The first line that a command prints. */
    private static String said(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().findFirst().orElse("");
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
