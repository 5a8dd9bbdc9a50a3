package execnet4j.bench.ours;

import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.channel.ConnectionSettings;
import execnet4j.channel.Loss;
import execnet4j.error.ChannelClosedException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** The receiving end of {@link FlowControl}: counts what comes until null does, again and again. */
public final class FlowControlEnd extends LoneEnd {
    private final CountDownLatch ended = new CountDownLatch(1);

    private FlowControlEnd() {}

    /**
     * Serves until its standard input ends.
     *
     * @param args {@code on} or {@code off}
     * @throws InterruptedException never, nobody interrupts it
     */
    public static void main(String[] args) throws InterruptedException {
        FlowControlEnd end = new FlowControlEnd();
        end.connect(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), false, args[0])
                .start();
        end.ended.await();
    }

    /** One end, not started. */
    static Connection connection(InputStream in, OutputStream out, boolean coordinator, String mode) {
        return new FlowControlEnd().connect(in, out, coordinator, mode);
    }

    private Connection connect(InputStream in, OutputStream out, boolean coordinator, String mode) {
        // Without the extension a channel past the budget is closed: the budget has no end. With it, it is a user's.
        boolean on = mode.equals("on");
        long budget = on ? ConnectionSettings.defaultByteBudget() : ConnectionSettings.MAX_BUDGET;
        return new Connection(in, out, new ConnectionSettings("flow", coordinator, on, false, budget), this);
    }

    @Override
    public void exec(Channel channel, byte[] payload) {
        Thread thread = new Thread(() -> {
            try {
                count(channel);
            } catch (ChannelClosedException e) {
                // The other end is gone; so is what there was to count.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void count(Channel channel) {
        int count = 0;
        for (Object item : channel) {
            if (item == null) {
                channel.send(count);
                count = 0;
            } else {
                count++;
            }
        }
    }

    @Override
    public void ended(Loss loss) {
        ended.countDown();
    }

    @Override
    public void terminate() {
        ended.countDown();
    }
}
