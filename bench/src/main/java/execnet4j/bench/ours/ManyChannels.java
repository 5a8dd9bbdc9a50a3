package execnet4j.bench.ours;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.bench.host.Probe;
import execnet4j.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Many channels of one gateway open at once: bytes of each at both ends, and the rate on one of them. */
public final class ManyChannels implements Probe {
    private static final int IN_A_MESSAGE = 500;
    private static final int SAMPLES = 7;

    private final int count;

    /**
     * Opens nothing yet.
     *
     * @param count how many
     */
    public ManyChannels(int count) {
        this.count = count;
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        try (Group group = Group.start("popen")) {
            Gateway gateway = group.get(0);
            Channel keeper = gateway.remoteExec(ManyChannels::keep);
            rate(gateway, time);
            double alone = rate(gateway, time);
            long here = ProcessMemory.heap();
            long there = heapThere(keeper);
            long begin = System.nanoTime();
            List<Channel> channels = open(gateway, keeper);
            double seconds = (System.nanoTime() - begin) / 1e9;
            double eachThere = (double) (heapThere(keeper) - there) / count;
            double eachHere = (double) (ProcessMemory.heap() - here) / count;
            double among = rate(gateway, time);
            channels.get(0).close();
            return Map.of(
                    "here",
                    eachHere,
                    "there",
                    eachThere,
                    "opened",
                    count / seconds / 1e3,
                    "alone",
                    alone,
                    "among",
                    among);
        }
    }

    private List<Channel> open(Gateway gateway, Channel keeper) {
        List<Channel> channels = new ArrayList<>(count);
        while (channels.size() < count) {
            int more = Math.min(IN_A_MESSAGE, count - channels.size());
            List<Channel> some =
                    Stream.generate(gateway::newChannel).limit(more).toList();
            keeper.send(some);
            channels.addAll(some);
        }
        keeper.send(count);
        if ((int) Objects.requireNonNull(keeper.receive()) != count) {
            throw new IllegalStateException("the worker has not as many channels");
        }
        return channels;
    }

    /** The median of some. */
    private static double rate(Gateway gateway, Duration time) throws Exception {
        double[] rates = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            long begin = System.nanoTime();
            int sent = SmallValues.send(FarEnds.count(gateway), time);
            rates[i] = sent / ((System.nanoTime() - begin) / 1e9) / 1e6;
        }
        java.util.Arrays.sort(rates);
        return rates[SAMPLES / 2];
    }

    private static long heapThere(Channel keeper) {
        keeper.send("heap");
        return ((Number) Objects.requireNonNull(keeper.receive())).longValue();
    }

    /** In the worker: keeps all channels that come, says how many, or how large its heap is. */
    private static void keep(Channel channel) {
        List<Object> kept = new ArrayList<>();
        for (Object item : channel) {
            if (item instanceof List<?> channels) {
                kept.addAll(channels);
            } else if (item instanceof String) {
                channel.send(ProcessMemory.heap());
            } else {
                channel.send(kept.size());
            }
        }
    }
}
