package execnet4j.bench.ours;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import execnet4j.channel.Channel;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Many tasks in a row, each with an answer: thousands a second, and by how many kilobytes the heaps grow meanwhile. */
public final class ManyTasks implements Probe {
    private final int count;

    /**
     * Runs nothing yet.
     *
     * @param count how many
     */
    public ManyTasks(int count) {
        this.count = count;
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        try (Group group = Group.start("popen")) {
            Gateway gateway = group.get(0);
            run(gateway, count / 4);
            long there = heapThere(gateway);
            long here = ProcessMemory.heap();
            double seconds = Timed.once(() -> run(gateway, count));
            double moreHere = ProcessMemory.heap() - here;
            double moreThere = heapThere(gateway) - there;
            return Map.of("rate", count / seconds / 1e3, "here", moreHere / 1e3, "there", moreThere / 1e3);
        }
    }

    private static void run(Gateway gateway, int tasks) {
        for (int i = 0; i < tasks; i++) {
            gateway.remoteExec(channel -> channel.send(7)).receive();
        }
    }

    private static long heapThere(Gateway gateway) {
        Channel channel = gateway.remoteExec(each -> each.send(ProcessMemory.heap()));
        return ((Number) Objects.requireNonNull(channel.receive())).longValue();
    }
}
