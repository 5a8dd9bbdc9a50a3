package execnet4j.bench.compare;

import execnet4j.bench.compare.Unit.HostKey;
import execnet4j.bench.host.HostMain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes that measure, started when they are first asked. */
final class Hosts implements AutoCloseable {
    /** Options that a Java older than 24 does not know are left out by it. */
    private static final List<String> LENIENT = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final ProcessFamily family;
    private final Peers peers;
    private final Map<HostKey, Host> running = new HashMap<>();

    Hosts(ProcessFamily family, Peers peers) {
        this.family = family;
        this.peers = peers;
    }

    /** Measures once. A process that fails is replaced for whoever comes next. */
    Map<String, Double> ask(Unit unit, Duration sample) throws MeasurementException, InterruptedException {
        HostKey key = unit.host();
        Host host = running.get(key);
        if (host == null) {
            host = start(key);
            running.put(key, host);
        }
        boolean done = false;
        try {
            Map<String, Double> figures = host.ask(unit.request(), sample);
            done = !unit.phase().fresh();
            return figures;
        } finally {
            if (!done) {
                running.remove(key);
                host.close();
            }
        }
    }

    private Host start(HostKey key) throws MeasurementException {
        List<String> command = new ArrayList<>(key.processors().prefix());
        switch (key.tool()) {
            case BARE -> {
                command.add(peers.bare());
                return new RunHost(family, command);
            }
            case STOCK -> command.addAll(List.of(peers.python(), peers.programs() + "/stock.py"));
            case JVM -> command.addAll(Jdk.command(key.jdk(), List.of(), HostMain.class));
            case PEER_JVM -> command.addAll(Jdk.command(key.jdk(), LENIENT, HostMain.class));
        }
        return new AskedHost(family, command);
    }

    @Override
    public void close() {
        running.values().forEach(Host::close);
        running.clear();
    }
}
