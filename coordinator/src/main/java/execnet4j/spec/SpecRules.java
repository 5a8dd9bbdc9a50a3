package execnet4j.spec;

import execnet4j.error.SpecException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which keys go together. */
final class SpecRules {
    private static final Set<Key> FOR_A_SOCKET =
            EnumSet.of(Key.SOCKET, Key.BOOTSTRAP, Key.ID, Key.EXECMODEL, Key.CONNECT_TIMEOUT);
    private static final Set<Key> WITH_CONNECT_TIMEOUT =
            EnumSet.of(Key.SSH, Key.VAGRANT_SSH, Key.SOCKET, Key.INSTALLVIA);

    private SpecRules() {}

    /** The pairs of a spec, if they make one. */
    static List<Pair> checked(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new SpecException("there is a NUL character, which no command or environment can hold");
        }
        Set<Key> seen = EnumSet.noneOf(Key.class);
        Map<String, Pair> byKey = new LinkedHashMap<>();
        for (Pair pair : text.isEmpty() ? List.<Pair>of() : SpecText.pairs(text)) {
            Key key = Key.of(pair);
            seen.add(key);
            if (byKey.put(pair.key(), pair) != null) {
                String more = key == Key.JVM ? "; write jvm:NAME=... for one more option" : "";
                throw new SpecException("the key '" + pair.key() + "' stands twice" + more);
            }
        }
        resolveBareSocket(seen, byKey);
        requireOneTransport(seen);
        requireHeartbeats(seen);
        Pair java = byKey.get(Key.JAVA.text());
        if (java != null
                && GatewaySpec.SHIP.equals(java.value())
                && seen.contains(Key.POPEN)
                && !seen.contains(Key.VIA)) {
            throw new SpecException(
                    "java=ship is for workers on other hosts, which get a Java from here; leave it away");
        }
        boolean plainSocket = seen.contains(Key.SOCKET) && seen.contains(Key.BOOTSTRAP);
        if (plainSocket) {
            requireNothingForAProcess(seen);
        }
        requireSomethingToConnectTo(seen);
        requireAnotherGateway(seen, byKey);
        requireOneLanguage(seen, byKey, plainSocket);
        return List.copyOf(byKey.values());
    }

    /** Plain execnet's {@code socket//installvia=ID} says no more than {@code installvia=ID}. */
    private static void resolveBareSocket(Set<Key> seen, Map<String, Pair> byKey) {
        Pair socket = byKey.get(Key.SOCKET.text());
        if (socket == null || socket.value() != null) {
            return;
        }
        if (!seen.contains(Key.INSTALLVIA)) {
            throw new SpecException(
                    "'socket' should be written as socket=HOST:PORT, or as socket//installvia=ID for a server"
                            + " that a gateway of the group becomes");
        }
        seen.remove(Key.SOCKET);
    }

    private static void requireOneTransport(Set<Key> seen) {
        List<String> transports =
                seen.stream().filter(Key::transport).map(Key::text).toList();
        if (transports.isEmpty()) {
            throw new SpecException(
                    "nothing says where to start a worker; write 'popen' for a process on this machine, as"
                            + " in 'popen' or 'popen//chdir=work'");
        }
        if (transports.size() > 1) {
            throw new SpecException("the keys '" + String.join("' and '", transports)
                    + "' each say where to start the worker; leave all but one away");
        }
    }

    /** What plain execnet serves a socket with runs already. */
    private static void requireNothingForAProcess(Set<Key> seen) {
        for (Key key : seen) {
            if (!FOR_A_SOCKET.contains(key)) {
                throw new SpecException("the key '" + key.text() + "' says how a process is to be started, and plain"
                        + " execnet's server, which bootstrap=execnet makes of 'socket', runs already; leave one of the"
                        + " two away");
            }
        }
    }

    private static void requireSomethingToConnectTo(Set<Key> seen) {
        if (seen.contains(Key.SSH_CONFIG) && !seen.contains(Key.SSH)) {
            throw new SpecException("the key 'ssh_config' is for workers of 'ssh'; leave it away, or write ssh=HOST");
        }
        for (Key key : List.of(Key.TOKEN_FILE, Key.PIN)) {
            if (seen.contains(key) && !seen.contains(Key.SOCKET)) {
                throw new SpecException("the key '" + key.text() + "' is for workers of 'socket'; leave it away");
            }
        }
        if (seen.contains(Key.CONNECT_TIMEOUT) && seen.stream().noneMatch(WITH_CONNECT_TIMEOUT::contains)) {
            throw new SpecException(
                    "the key 'connect_timeout' is for workers of 'ssh', 'vagrant_ssh' and 'socket'; leave it away");
        }
    }

    private static void requireAnotherGateway(Set<Key> seen, Map<String, Pair> byKey) {
        if (seen.contains(Key.VIA) && seen.contains(Key.SOCKET)) {
            throw new SpecException("a connection to a 'socket' is made from here and goes through no other gateway;"
                    + " leave 'via' away");
        }
        if (seen.contains(Key.VIA) && seen.contains(Key.INSTALLVIA)) {
            throw new SpecException("'installvia' names the gateway to go through; leave 'via' away");
        }
        Pair id = byKey.get(Key.ID.text());
        Pair via = byKey.getOrDefault(Key.VIA.text(), byKey.get(Key.INSTALLVIA.text()));
        if (id != null && via != null && Objects.equals(id.value(), via.value())) {
            throw new SpecException(
                    "a gateway cannot go through itself; 'via' takes the id of one that is there before it");
        }
    }

    private static void requireHeartbeats(Set<Key> seen) {
        for (Key key : List.of(Key.SILENCE_LIMIT, Key.ORPHAN_TIMEOUT)) {
            boolean here = seen.contains(Key.POPEN) && !seen.contains(Key.VIA);
            if (seen.contains(key) && (here || seen.contains(Key.BOOTSTRAP))) {
                throw new SpecException("the key '" + key.text() + "' is for workers of execnet4j's own on other hosts,"
                        + " which give signs of life; leave it away");
            }
        }
    }

    private static void requireOneLanguage(Set<Key> seen, Map<String, Pair> byKey, boolean plainSocket) {
        if (!seen.contains(Key.PYTHON)) {
            if (seen.contains(Key.BOOTSTRAP) && !plainSocket) {
                throw new SpecException("bootstrap=execnet is for Python workers; write python=python3 for one");
            }
            if (seen.contains(Key.DONT_WRITE_BYTECODE)) {
                throw new SpecException("the key 'dont_write_bytecode' is for Python workers, and this is a JVM worker;"
                        + " leave it away, or write python=python3 for a Python worker");
            }
            if (plainSocket) {
                requireNoVirtualThreads(byKey);
            }
            return;
        }
        for (Key key : List.of(Key.JAVA, Key.JVM)) {
            if (seen.contains(key)) {
                throw new SpecException(
                        "the key '" + key.text() + "' is for JVM workers, and 'python' makes this a Python"
                                + " worker; leave one of the two away");
            }
        }
        requireNoVirtualThreads(byKey);
    }

    private static void requireNoVirtualThreads(Map<String, Pair> byKey) {
        Pair model = byKey.get(Key.EXECMODEL.text());
        if (model != null && ExecModel.VIRTUAL.text().equals(model.value())) {
            throw new SpecException(
                    "a Python worker has no virtual threads; its execmodel is thread or main_thread_only");
        }
    }
}
