package execnet4j.bench.ours;

import execnet4j.Gateway;
import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import execnet4j.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Small values one way, in millions a second; the time ends when the receiver has said how many it got. */
public final class SmallValues implements Probe {
    private static final int TOGETHER = 64;

    private final Gateway gateway;
    private final int threads;
    private final ExecutorService senders = Executors.newCachedThreadPool();

    private SmallValues(String spec, int threads) {
        this.gateway = Workers.of(spec, SmallValues.class);
        this.threads = threads;
    }

    /**
     * To the worker.
     *
     * @param spec what kind of worker
     * @param threads how many send, each on a channel of its own
     * @return the probe
     */
    public static Probe there(String spec, int threads) {
        return new SmallValues(spec, threads);
    }

    /**
     * From the worker.
     *
     * @param spec what kind of worker
     * @return the probe
     */
    public static Probe back(String spec) {
        Gateway gateway = Workers.of(spec, SmallValues.class);
        return time -> {
            long[] count = {0};
            double seconds = Timed.once(() -> {
                Channel channel = FarEnds.giveNumbers(gateway, time);
                while ((int) Objects.requireNonNull(channel.receive()) >= 0) {
                    count[0]++;
                }
            });
            return Timed.figure(count[0] / seconds / 1e6);
        };
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Channel channel = FarEnds.count(gateway);
            tasks.add(() -> send(channel, time));
        }
        long[] count = {0};
        double seconds = Timed.once(() -> {
            if (threads == 1) {
                count[0] = tasks.get(0).call();
            } else {
                for (Future<Integer> each : senders.invokeAll(tasks)) {
                    count[0] += each.get();
                }
            }
        });
        return Timed.figure(count[0] / seconds / 1e6);
    }

    /** How many arrived. */
    static int send(Channel channel, Duration time) throws Exception {
        Timed.during(time, TOGETHER, () -> channel.send(7));
        channel.send(-1);
        return Objects.requireNonNull(channel.receive(Integer.class));
    }

    @Override
    public void close() {
        senders.shutdown();
    }
}
