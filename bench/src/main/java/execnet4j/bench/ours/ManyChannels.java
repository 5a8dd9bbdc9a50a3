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
    private static final int ROUNDS = 5;

    private static final String HEAP = "heap";
    private static final String FORGET = "forget";

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
        Figures figures = new Figures();
        try (Group group = Group.start("popen")) {
            Gateway gateway = group.get(0);
            Channel keeper = gateway.remoteExec(ManyChannels::keep);
            rate(gateway, time);
            for (int round = 0; round < ROUNDS; round++) {
                long hereBefore = ProcessMemory.heap();
                long thereBefore = ask(keeper, HEAP);
                figures.note("alone", rate(gateway, time));
                long begin = System.nanoTime();
                List<Channel> channels = open(gateway, keeper);
                figures.note("opened", count / ((System.nanoTime() - begin) / 1e9) / 1e3);
                double here = (double) (ProcessMemory.heap() - hereBefore) / count;
                double there = (double) (ask(keeper, HEAP) - thereBefore) / count;
                if (round == 0) {
                    // Later the tables are as large as they need to be already.
                    figures.note("here", here);
                    figures.note("there", there);
                }
                figures.note("among", rate(gateway, time));
                channels.forEach(Channel::close);
                ask(keeper, FORGET);
            }
        }
        return figures.medians();
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

    private static double rate(Gateway gateway, Duration time) throws Exception {
        long begin = System.nanoTime();
        int sent = SmallValues.send(FarEnds.count(gateway), time);
        return sent / ((System.nanoTime() - begin) / 1e9) / 1e6;
    }

    private static long ask(Channel keeper, String what) {
        keeper.send(what);
        return ((Number) Objects.requireNonNull(keeper.receive())).longValue();
    }

    /** In the worker: keeps all channels that come, says how many, or how large its heap is, or lets go of them. */
    private static void keep(Channel channel) {
        List<Object> kept = new ArrayList<>();
        for (Object item : channel) {
            if (item instanceof List<?> channels) {
                kept.addAll(channels);
            } else if (HEAP.equals(item)) {
                channel.send(ProcessMemory.heap());
            } else {
                if (FORGET.equals(item)) {
                    kept.clear();
                }
                channel.send(kept.size());
            }
        }
    }
}
