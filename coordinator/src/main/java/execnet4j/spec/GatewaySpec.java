package execnet4j.spec;

import execnet4j.error.SpecException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text that says how to get a worker: keys, most with a value, with {@code //} between them, as in
 * {@code popen//id=first//chdir=work//nice=5//env:LANG=C//jvm=-Xmx64m}.
 *
 * <table>
 *   <caption>The keys</caption>
 *   <tr><th>key</th><th>meaning</th></tr>
 *   <tr><td>{@code popen}</td><td>a child process of this one, on this machine, or with {@code via} of that worker, on its machine</td></tr>
 *   <tr><td>{@code socket=HOST:PORT}</td><td>on that host, where {@code execnet4j serve} listens. With
 *       {@code bootstrap=execnet} it is a socket server of plain execnet, which serves as a Python worker: that connection is
 *       not protected and whoever reaches the port can run code; keep it on loopback</td></tr>
 *   <tr><td>{@code installvia=ID}, {@code socket//installvia=ID}</td><td>where the gateway of that id is: its worker becomes a server for this one, to which
 *       there is a connection of its own</td></tr>
 *   <tr><td>{@code dialled=HOST:PORT}</td><td>in the specs of workers that came to a listener by themselves; no others can be
 *       started with it</td></tr>
 *   <tr><td>{@code token_file=FILE}</td><td>with {@code socket}: where the server's token stands; without it the environment
 *       variable {@code EXECNET4J_TOKEN} has the token</td></tr>
 *   <tr><td>{@code pin=sha256:DIGITS}, {@code pin=FILE}</td><td>with {@code socket}: TLS to a server whose certificate has
 *       this hash, or the one that stands in the file; needed beyond loopback</td></tr>
 *   <tr><td>{@code ssh=HOST}</td><td>on that host, by the system's {@code ssh}; its options may come before the host, as in
 *       {@code ssh=-p 2222 me@db1}</td></tr>
 *   <tr><td>{@code ssh_config=FILE}</td><td>with {@code ssh}: this configuration file instead of the user's and the
 *       system's</td></tr>
 *   <tr><td>{@code vagrant_ssh=MACHINE}</td><td>in a machine of vagrant, by {@code vagrant ssh}</td></tr>
 *   <tr><td>{@code connect_timeout=SECONDS}</td><td>with {@code ssh}, {@code vagrant_ssh} or {@code socket}: how long the host
 *       has to answer; 10 if not given</td></tr>
 *   <tr><td>{@code silence_limit=SECONDS}</td><td>for a worker on another host: it is lost when nothing at all has come from
 *       it for so long, at least 10; without this it is called unresponsive, and waited for</td></tr>
 *   <tr><td>{@code orphan_timeout=SECONDS}</td><td>for a worker on another host: it ends when nothing at all has come to it for
 *       so long, at least 10; 120 if not given</td></tr>
 *   <tr><td>{@code command=COMMAND}</td><td>where this command leads to: followed by {@code sh} it gives a shell there, as
 *       {@code command=srun -Q -u -n1} or {@code command=sudo -u build}; the worker is started in that shell, and a JVM worker
 *       gets its code from here</td></tr>
 *   <tr><td>{@code docker=CONTAINER}, {@code podman=CONTAINER}</td><td>in a running container; options of {@code exec} may
 *       come before its name, as in {@code docker=-u app web}</td></tr>
 *   <tr><td>{@code kubectl=POD} or {@code kubectl=POD/CONTAINER}</td><td>in a running pod; options may come before its
 *       name, as in {@code kubectl=-n staging web-0/app}</td></tr>
 *   <tr><td>{@code via=ID}</td><td>through the worker of that gateway, which starts there what the other keys would have
 *       started here: {@code popen//via=a}, {@code ssh=db1//via=a}</td></tr>
 *   <tr><td>{@code id=NAME}</td><td>the gateway's id, unique in its group; without it the group gives gw0, gw1 …</td></tr>
 *   <tr><td>{@code java=COMMAND}</td><td>the java to run: a path, or several words quoted as in a shell, as in
 *       {@code java=sudo -u build '/opt/my jdk/bin/java'}</td></tr>
 *   <tr><td>{@code java=ship}</td><td>on another host: a Java runtime made of the coordinator's own JDK, which is sent there
 *       once</td></tr>
 *   <tr><td>{@code python=COMMAND}</td><td>a Python worker instead of a JVM: the python to run, 3.8 or newer, as a path, a
 *       name or several words, as in {@code python=sudo -u build python3}</td></tr>
 *   <tr><td>{@code bootstrap=execnet}</td><td>with {@code python}: that Python's own execnet is the worker, not ours; it
 *       has to be installed there, and there is no flow control</td></tr>
 *   <tr><td>{@code chdir=DIRECTORY}</td><td>the working directory; a relative one that is missing is created</td></tr>
 *   <tr><td>{@code nice=NUMBER}</td><td>added to the creator's niceness, from -20 to 19</td></tr>
 *   <tr><td>{@code env:NAME=VALUE}</td><td>a variable of the worker's environment; the value may be empty</td></tr>
 *   <tr><td>{@code execmodel=MODEL}</td><td>{@code thread} (the default), {@code main_thread_only} or {@code virtual}: see
 *       {@link ExecModel}</td></tr>
 *   <tr><td>{@code jvm=OPTION}</td><td>one option for the worker's JVM, taken whole, blanks included; more of them as
 *       {@code jvm:NAME=OPTION} with any names; they are passed on in the order of the text</td></tr>
 *   <tr><td>{@code dont_write_bytecode}</td><td>a Python worker writes no {@code .pyc} files for what it imports</td></tr>
 *   <tr><td>{@code stdout=forward}</td><td>what tasks print goes to the coordinator (the default); with
 *       {@code stdout=null} it is dropped</td></tr>
 * </table>
 *
 * <p>The first {@code =} ends the key: a value may hold more of them. Backslashes are kept. A {@code //} inside a value is
 * written {@code ////}, as in {@code env:HOME_PAGE=https:////example.org}. A key that stands twice, an unknown key and a
 * value that cannot be used are refused.
 *
 * <p>Immutable. Two specs are equal if their texts are.
 */
public final class GatewaySpec {
    /** The most gateways that {@link #expand} makes of one text. */
    public static final int MAX_COUNT = 1024;

    /** In the place of a command for {@code java}. */
    static final String SHIP = "ship";

    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_ORPHAN_TIMEOUT = Duration.ofMinutes(2);

    private static final Pattern COUNTED = Pattern.compile("(\\d{1,9})\\*(.*)", Pattern.DOTALL);

    private final String text;
    private final List<Pair> pairs;
    private final Map<String, @Nullable String> values;

    private GatewaySpec(String text, List<Pair> pairs) {
        this.text = text;
        this.pairs = pairs;
        this.values = new LinkedHashMap<>();
        pairs.forEach(pair -> values.put(pair.key(), pair.value()));
    }

    /**
     * Reads a spec.
     *
     * @param text one spec, not empty
     * @return the spec
     * @throws SpecException if it cannot be used; the message says which part and what to write instead
     */
    public static GatewaySpec of(String text) {
        if (text.startsWith("*")) {
            throw new SpecException("in the spec '" + text + "': a count is missing before the '*', as in 4*popen");
        }
        if (COUNTED.matcher(text).matches()) {
            throw new SpecException("'" + text + "' stands for several gateways, and one is wanted here:"
                    + " leave the number and the '*' away");
        }
        try {
            return new GatewaySpec(text, SpecRules.checked(text));
        } catch (SpecException e) {
            throw new SpecException("in the spec '" + text + "': " + e.getMessage());
        }
    }

    /**
     * Reads a spec that may start with a count, as {@code 4*popen}.
     *
     * @param text {@code N*spec} with N from 1 to {@value #MAX_COUNT}, or one spec
     * @return N equal specs, or the one
     * @throws SpecException if the count is out of range, if the spec names an id (which can be of one gateway only) or
     *     cannot be used
     */
    public static List<GatewaySpec> expand(String text) {
        Matcher counted = COUNTED.matcher(text);
        if (!counted.matches()) {
            return List.of(of(text));
        }
        int count = Integer.parseInt(counted.group(1));
        if (count < 1 || count > MAX_COUNT) {
            throw new SpecException("in the spec '" + text + "': the count before the '*' is from 1 to " + MAX_COUNT);
        }
        GatewaySpec one = of(counted.group(2));
        if (count > 1 && one.id().isPresent()) {
            throw new SpecException("in the spec '" + text + "': " + count + " gateways cannot share one id;"
                    + " leave 'id=' away, or write one spec for each");
        }
        return Collections.nCopies(count, one);
    }

    /**
     * The text this spec was made of, unchanged.
     *
     * @return such as {@code popen//id=first}
     */
    public String text() {
        return text;
    }

    /**
     * Whether the worker is a child process on this machine.
     *
     * @return whether the key {@code popen} is there, and not {@code via}
     */
    public boolean popen() {
        return values.containsKey(Key.POPEN.text()) && via().isEmpty();
    }

    /**
     * The gateway through whose worker this one is reached.
     *
     * @return the value of {@code via} or {@code installvia}, the id of a gateway of the same group; empty for one that is
     *     reached from here
     */
    public Optional<String> via() {
        return value(Key.VIA).or(() -> value(Key.INSTALLVIA));
    }

    /**
     * Whether the worker of {@link #via()} is made a server, to which there is a connection of its own.
     *
     * @return whether the key {@code installvia} is there
     */
    public boolean installVia() {
        return values.containsKey(Key.INSTALLVIA.text());
    }

    /**
     * The gateway's id.
     *
     * @return the value of {@code id}, empty if the group shall choose one
     */
    public Optional<String> id() {
        return value(Key.ID);
    }

    /**
     * The same spec with another id, in the place of the one it had or at the end of the text.
     *
     * @param id the id; not empty, no blanks or control characters
     * @return a new spec
     * @throws SpecException if the id cannot be used
     */
    public GatewaySpec withId(String id) {
        Pair wanted = new Pair(Key.ID.text(), id);
        List<Pair> changed = new ArrayList<>(pairs);
        changed.replaceAll(pair -> pair.key().equals(wanted.key()) ? wanted : pair);
        if (id().isEmpty()) {
            changed.add(wanted);
        }
        return of(changed.stream().map(Pair::toText).collect(Collectors.joining("//")));
    }

    /**
     * The command that is java on the worker's side.
     *
     * @return the words of the value of {@code java}, empty if the java that runs this program shall be used
     */
    public List<String> java() {
        return value(Key.JAVA).map(ShellWords::split).orElse(List.of());
    }

    /**
     * Whether the worker's host gets a Java runtime from here.
     *
     * @return whether {@code java} is {@code ship}
     */
    public boolean shipsJava() {
        return value(Key.JAVA).equals(Optional.of(SHIP));
    }

    /**
     * The command that is python on the worker's side.
     *
     * @return the words of the value of {@code python}; empty if the worker is to be a JVM
     */
    public List<String> python() {
        return value(Key.PYTHON).map(ShellWords::split).orElse(List.of());
    }

    /**
     * The host on which the worker is started by ssh.
     *
     * @return the value of {@code ssh}, with that of {@code ssh_config}; empty for another transport
     */
    public Optional<SshTarget> ssh() {
        return value(Key.SSH).map(words -> SshTarget.of(words, value(Key.SSH_CONFIG)));
    }

    /**
     * The machine of vagrant in which the worker is started.
     *
     * @return the words of the value of {@code vagrant_ssh}, empty for another transport
     */
    public List<String> vagrantSsh() {
        return value(Key.VAGRANT_SSH).map(ShellWords::split).orElse(List.of());
    }

    /**
     * How long a host has to answer.
     *
     * @return the value of {@code connect_timeout}, 10 seconds if there is none
     */
    public Duration connectTimeout() {
        return seconds(Key.CONNECT_TIMEOUT).orElse(DEFAULT_CONNECT_TIMEOUT);
    }

    /**
     * How long nothing at all may come from a worker on another host until it is lost.
     *
     * @return the value of {@code silence_limit}, empty if it is waited for without a limit
     */
    public Optional<Duration> silenceLimit() {
        return seconds(Key.SILENCE_LIMIT);
    }

    /**
     * How long nothing at all may come to a worker on another host until it takes its coordinator for gone, and ends.
     *
     * @return the value of {@code orphan_timeout}, 2 minutes if there is none
     */
    public Duration orphanTimeout() {
        return seconds(Key.ORPHAN_TIMEOUT).orElse(DEFAULT_ORPHAN_TIMEOUT);
    }

    /**
     * The way to a shell elsewhere, in which the worker is to be started.
     *
     * @return what {@code command}, {@code docker}, {@code podman} or {@code kubectl} says, empty for another transport
     */
    public Optional<ShellCommand> shellCommand() {
        return ShellCommand.KEYS.stream()
                .flatMap(key -> value(key).map(value -> ShellCommand.of(key, value)).stream())
                .findFirst();
    }

    /**
     * Whether the worker is plain execnet, and not ours.
     *
     * @return whether {@code bootstrap=execnet} is there
     */
    public boolean plainExecnet() {
        return values.containsKey(Key.BOOTSTRAP.text());
    }

    /**
     * Where the token of a server stands.
     *
     * @return the value of {@code token_file}, empty if the environment has it
     */
    public Optional<String> tokenFile() {
        return value(Key.TOKEN_FILE);
    }

    /**
     * By what a server is known.
     *
     * @return the value of {@code pin}: {@code sha256:} and hexadecimal digits, or the name of a file with that; empty for a
     *     connection without TLS
     */
    public Optional<String> pin() {
        return value(Key.PIN);
    }

    /**
     * Where a socket server listens: plain execnet's if {@link #plainExecnet()}, else ours.
     *
     * @return the value of {@code socket}, empty for another transport
     */
    public Optional<HostAndPort> socket() {
        return value(Key.SOCKET).flatMap(HostAndPort::of);
    }

    /**
     * Where a worker is that came by itself to a listener of its group.
     *
     * @return the value of {@code dialled}, empty for another transport
     */
    public Optional<HostAndPort> dialled() {
        return value(Key.DIALLED).flatMap(HostAndPort::of);
    }

    /**
     * Whether a Python worker keeps from writing the {@code .pyc} files of what it imports.
     *
     * @return whether the key {@code dont_write_bytecode} is there
     */
    public boolean dontWriteBytecode() {
        return values.containsKey(Key.DONT_WRITE_BYTECODE.text());
    }

    /**
     * The worker's working directory.
     *
     * @return the value of {@code chdir}, empty for that of the creator
     */
    public Optional<String> chdir() {
        return value(Key.CHDIR);
    }

    /**
     * Whether the worker sees the same files under the same relative names as its creator.
     *
     * @return true for {@code popen} without {@code chdir}
     */
    public boolean sameFilesystem() {
        return popen() && chdir().isEmpty();
    }

    /**
     * What is added to the creator's niceness.
     *
     * @return the value of {@code nice}, from -20 to 19; empty to leave it
     */
    public OptionalInt nice() {
        return value(Key.NICE).stream().mapToInt(Integer::parseInt).findFirst();
    }

    /**
     * What the worker's environment has beyond, or instead of, the creator's.
     *
     * @return values by name, in the order of the text; unmodifiable
     */
    public Map<String, String> env() {
        Map<String, String> env = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            String name = pair.member();
            String value = pair.value();
            if (name != null && value != null && pair.family().equals(Key.ENV.text())) {
                env.put(name, value);
            }
        }
        return Collections.unmodifiableMap(env);
    }

    /**
     * In which threads the worker runs its tasks.
     *
     * @return the value of {@code execmodel}, {@link ExecModel#THREAD} if there is none
     */
    public ExecModel execModel() {
        String wanted = value(Key.EXECMODEL).orElse(ExecModel.THREAD.text());
        for (ExecModel model : ExecModel.values()) {
            if (model.text().equals(wanted)) {
                return model;
            }
        }
        throw new AssertionError(wanted);
    }

    /**
     * Options for the worker's JVM.
     *
     * @return the values of {@code jvm} and all {@code jvm:NAME}, in the order of the text
     */
    public List<String> jvmOptions() {
        return pairs.stream()
                .filter(pair -> pair.family().equals(Key.JVM.text()))
                .map(Pair::value)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Whether what tasks print goes to the coordinator.
     *
     * @return false for {@code stdout=null}: it is dropped
     */
    public boolean forwardsStdout() {
        return !value(Key.STDOUT).equals(Optional.of("null"));
    }

    private Optional<Duration> seconds(Key key) {
        return value(key).map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private Optional<String> value(Key key) {
        return Optional.ofNullable(values.get(key.text()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GatewaySpec spec && text.equals(spec.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text of the spec, as {@link #text()}. */
    @Override
    public String toString() {
        return text;
    }
}
