package execnet4j.foreign;

import execnet4j.channel.Channel;
import execnet4j.channel.ReceiveQueue;
import execnet4j.channel.RemoteTask;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.worker.OutputItems;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts a worker of this worker and hands its bytes through: what execnet's key {@code via} asks for. The task's channel
 * brings the spec and a second channel, for control; from then on it carries the sub-worker's bytes both ways.
 *
 * <p>Bytes and control are taken in the order in which they came, over both channels: the end of the sub-worker's input must
 * not overtake the last bytes of it. They go to it on a thread of their own, so that one that reads nothing can still be
 * killed.
 */
final class StockProxy implements RemoteTask {
    private static final long serialVersionUID = 1L;

    private record Order(Channel channel, @Nullable Object value) {}

    @Override
    public void run(Channel channel) throws Exception {
        if (!(channel.receive() instanceof Map<?, ?> spec) || !(channel.receive() instanceof Channel control)) {
            throw new IllegalArgumentException("a spec and a channel for control were expected");
        }
        List<String> command = SubCommand.of(spec);
        Process sub = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            SubInput input = new SubInput(sub.getOutputStream());
            SubControl controls = new SubControl(sub, input, control, spec);
            ReceiveQueue<Order> orders =
                    ReceiveQueue.of(List.of(channel, control), (from, value) -> new Order(from, value), null);
            DaemonThreads.start("execnet4j-proxy-orders", () -> obey(orders, control, input, controls));
            DaemonThreads.start("execnet4j-proxy-input", input::write);
            if (!OutputItems.send(sub.getInputStream(), channel)) {
                throw new IOException(
                        "the worker to be reached through this one ended before it answered, with exit status "
                                + sub.waitFor() + ": " + String.join(" ", command));
            }
        } catch (InterruptedException | RuntimeException | Error | IOException e) {
            sub.destroyForcibly();
            throw e;
        }
    }

    /** Until the master has ended the channel for control, or is gone: it may ask about a sub-worker that has ended. */
    private static void obey(ReceiveQueue<Order> orders, Channel control, SubInput input, SubControl controls) {
        try {
            for (Order order = orders.take();
                    order.channel() != control || order.value() != null;
                    order = orders.take()) {
                if (order.channel() == control) {
                    controls.obey(order.value());
                } else if (order.value() instanceof byte[] bytes) {
                    input.add(bytes);
                } else {
                    input.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        input.close();
    }
}
