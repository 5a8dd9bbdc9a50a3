package execnet4j.far;

import execnet4j.integration.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Real ssh hosts on this machine, from {@code integration/testbed/ssh-hosts.sh}. They are there until the tests end. */
public final class SshHosts implements AutoCloseable {
    /** The host whose workers the suites keep until the tests end: whatever is done to the others leaves them be. */
    public static final int OF_SUITES = 4;

    private static final int SHARED_COUNT = 4;

    /** Networks of 254 addresses that are used in each of so many of 65,536. */
    private static final int NETS = 250;

    private static final int RANGES = 24;

    private final Path folder;
    private final Map<String, String> names;

    private SshHosts(char initial, int firstNet, int count) throws IOException {
        long pid = ProcessHandle.current().pid();
        // Two processes of tests on one machine get other names and another network each.
        String tag =
                "" + initial + (char) ('a' + pid % 26) + (char) ('a' + pid / 26 % 26) + (char) ('a' + pid / 676 % 26);
        String net = "10." + (firstNet + pid / NETS % RANGES) + "." + (1 + pid % NETS);
        names = Map.of("SSH_HOSTS_TAG", tag, "SSH_HOSTS_NET", net);
        folder = Files.createTempDirectory("ssh-hosts");
        run(Map.of(), "up", Integer.toString(count), folder.toString());
    }

    /** The hosts that all tests share. */
    public static SshHosts shared() {
        return Shared.HOSTS;
    }

    /** So many of their own for one test, beside those. */
    static SshHosts of(int count) throws IOException {
        return new SshHosts('y', 160, count);
    }

    /** The name of one of them, from 1. */
    public String name(int number) {
        return names.get("SSH_HOSTS_TAG") + number;
    }

    /** Its address; beyond the hosts there are, one that nobody has. */
    public String address(int number) {
        return names.get("SSH_HOSTS_NET") + "." + (10 + number);
    }

    /** The address at which they see this machine. */
    public String coordinator() {
        return names.get("SSH_HOSTS_NET") + ".1";
    }

    /** How to get a worker on one of them. */
    public String spec(int number) {
        return spec("", number);
    }

    /** With options of ssh before the host. */
    public String spec(String options, int number) {
        return "ssh=" + options + " " + name(number) + "//ssh_config=" + config();
    }

    /** The configuration for ssh. */
    public Path config() {
        return folder.resolve("ssh_config");
    }

    /** Has something happen to a host: cut, heal, kill, poweroff, boot and so on. */
    public void happens(String what, int number) {
        run(Map.of(), what, name(number));
    }

    /** Has so much of something happen to a host: delay in milliseconds, loss in percent. */
    public void happens(String what, int number, int amount) {
        run(Map.of(), what, name(number), Integer.toString(amount));
    }

    /** Boots one with another login shell. */
    public void boot(int number, String loginShell) {
        run(Map.of("SSH_HOSTS_SHELL", loginShell), "boot", name(number));
    }

    /** Runs a shell's command line on a host, without ssh, and gives what it printed. */
    public String on(int number, String commandLine) {
        return run(Map.of(), "exec", name(number), "sh", "-c", commandLine);
    }

    /** The numbers of the processes of workers on a host; those of a test before may be at their end. */
    public Set<String> workers(int number) {
        return on(number, "pgrep -f 'Worker[M]ain|read[l]ine'; :").lines().collect(Collectors.toSet());
    }

    /** How many connections of ssh lead to a host. */
    public long connections(int number) {
        return on(number, "ss -Htn state established 'sport = :22'").lines().count();
    }

    /** Leaves the machine as it was. */
    @Override
    public void close() throws IOException {
        run(Map.of(), "down");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private String run(Map<String, String> environment, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Repository.ROOT.resolve("integration/testbed/ssh-hosts.sh").toString());
        words.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("ssh-hosts", "");
            // To a file: what it starts in the background would hold a pipe open.
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(names);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            int status = process.waitFor();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (status != 0) {
                throw new AssertionError(
                        "ssh-hosts.sh " + String.join(" ", arguments) + ": exit " + status + "\n" + said
                                + "\n(tests of other hosts need root and network namespaces; -DexcludedGroups=ssh-hosts leaves"
                                + " them out)");
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Shared {
        static final SshHosts HOSTS = make();

        private static SshHosts make() {
            try {
                return new SshHosts('x', 184, SHARED_COUNT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
