package execnet4j.bench.ours;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** One group of many workers: start, a broadcast of a megabyte, an answer of each, end; and what each costs. */
public final class ManyWorkers implements Probe {
    private static final int MEGABYTE = 1 << 20;
    private static final Duration MOST_IDLE = Duration.ofSeconds(3);

    private final int count;

    /**
     * Starts nothing yet.
     *
     * @param count how many
     */
    public ManyWorkers(int count) {
        this.count = count;
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        Group.start("popen").close();
        Map<String, Double> figures = new LinkedHashMap<>();
        long heap = ProcessMemory.heap();
        long threads = threads();
        long begin = System.nanoTime();
        try (Group group = Group.start(count + "*popen")) {
            double started = (System.nanoTime() - begin) / 1e9;
            figures.put("start", started);
            figures.put("start-each", started * 1e3 / count);
            figures.put("threads", (double) (threads() - threads) / count);
            figures.put("heap", (double) (ProcessMemory.heap() - heap) / count / 1e3);
            figures.put("own", ownPages(group));
            figures.put("broadcast", Timed.once(() -> broadcast(group)));
            figures.put("end", Timed.once(group::terminate));
        }
        return figures;
    }

    private static void broadcast(Group group) {
        MultiChannel channels =
                group.remoteExec(channel -> channel.send(((byte[]) Objects.requireNonNull(channel.receive())).length));
        channels.sendEach(new byte[MEGABYTE]);
        if (channels.receiveEach(Integer.class).stream().anyMatch(each -> !Objects.equals(each, MEGABYTE))) {
            throw new IllegalStateException("a worker has not got all of it");
        }
    }

    private static double ownPages(Group group) throws IOException {
        double sum = 0;
        for (Gateway each : group) {
            sum += ProcessMemory.own(each.remoteInfo().pid());
        }
        return sum / group.size();
    }

    /** Ours: all but the JDK's own for each process, once those of the pool that have nothing to do any more have ended. */
    private static long threads() throws InterruptedException {
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            if (each.getName().startsWith("execnet4j-pool-")) {
                each.join(MOST_IDLE.toMillis());
            }
        }
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> !each.getName().startsWith("process reaper"))
                .count();
    }
}
