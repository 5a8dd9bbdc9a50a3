package execnet4j.live;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import execnet4j.stock.StockPython;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Workers that many tests use, so that not every test pays for a start; a test that ends or breaks one makes its own. */
final class Workers {
    private static final Pattern CHANNELS = Pattern.compile("(\\d+) active channels");
    private static final Group GROUP = Group.builder().build();
    private static final Group PYTHONS = Group.builder().build();
    private static final Group STOCKS = Group.builder().build();
    private static final Group FAR = Group.builder().build();
    private static final Set<Long> PIDS = ConcurrentHashMap.newKeySet();

    private Workers() {}

    /** One for whoever wants one. */
    static Gateway shared() {
        return First.GATEWAY;
    }

    /** Two of them, the first being {@link #shared()}. */
    static Group pair() {
        return Second.GATEWAY.group();
    }

    /** Ends all of these. */
    static void end() {
        List.of(FAR, STOCKS, PYTHONS, GROUP).forEach(Group::terminate);
    }

    /** Whether a process is one of these. */
    static boolean isShared(long pid) {
        return PIDS.contains(pid);
    }

    /** Open channels at this end of all of these together. */
    static int openChannels() {
        int open = 0;
        for (Group group : List.of(GROUP, PYTHONS, STOCKS, FAR)) {
            for (Gateway gateway : group) {
                open += openChannels(gateway);
            }
        }
        return open;
    }

    /** Open channels at this end. */
    static int openChannels(Gateway gateway) {
        Matcher matcher = CHANNELS.matcher(gateway.toString());
        if (!matcher.find()) {
            throw new AssertionError(gateway);
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** A Python worker for whoever wants one. */
    static Gateway sharedPython() {
        return Python.GATEWAY;
    }

    /** A worker of plain execnet for whoever wants one. */
    static Gateway sharedStock() {
        return Stock.GATEWAY;
    }

    /** Two Python workers, the first being {@link #sharedPython()}. */
    static Group pythonPair() {
        return SecondPython.GATEWAY.group();
    }

    /** Runs a task in a worker, which does the same in Java and, with the variable {@code channel}, in Python. */
    static Channel exec(Gateway gateway, RemoteTask java, String python) {
        return runsPython(gateway) ? gateway.remoteExec(python) : gateway.remoteExec(java);
    }

    /** Whether a worker's tasks are in Python. */
    static boolean runsPython(Gateway gateway) {
        return !gateway.spec().python().isEmpty();
    }

    private static Gateway start() {
        return start(GROUP, "popen//jvm=-Xmx256m");
    }

    /** A worker on another host, in a group of its own that is ended with this process. */
    static Gateway far(String spec) {
        return start(FAR, spec);
    }

    private static Gateway start(Group group, String spec) {
        Gateway gateway = group.makeGateway(spec);
        PIDS.add(gateway.remoteInfo().pid());
        return gateway;
    }

    private static void assertAlive(Gateway first) {
        if (!first.isAlive()) {
            throw new AssertionError("somebody ended the shared worker " + first);
        }
    }

    private static final class First {
        static final Gateway GATEWAY = start();
    }

    private static final class Python {
        static final Gateway GATEWAY = start(PYTHONS, "popen//id=python//python=python3");
    }

    private static final class SecondPython {
        static final Gateway GATEWAY = second();

        private static Gateway second() {
            assertAlive(Python.GATEWAY);
            return start(PYTHONS, "popen//id=python2//python=python3");
        }
    }

    private static final class Stock {
        static final Gateway GATEWAY =
                start(STOCKS, "popen//id=stock//python=" + StockPython.any().command() + "//bootstrap=execnet");
    }

    private static final class Second {
        static final Gateway GATEWAY = second();

        private static Gateway second() {
            assertAlive(First.GATEWAY);
            return start();
        }
    }
}
