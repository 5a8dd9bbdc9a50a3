package execnet4j.worker;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.ExecnetException;
import execnet4j.process.ChildProcess;
import execnet4j.serial.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts a process for the coordinator, which reaches another worker through this one, and hands its bytes through as they are.
 *
 * <p>The first item of the task's channel is a tuple of the command's words and two more channels. From then on that channel
 * carries the standard input one way and the standard output the other, bytes an item, and an empty item is the end. The
 * first of the two channels has the standard error. An item on the second has the process killed; what comes back on it is
 * the exit status. The process's input ends with the connection, and all of its session with it.
 */
public final class RelayTask implements RemoteTask {
    private static final long serialVersionUID = 1L;

    private static final byte[] END = {};

    /** What was written before may be read after the process's end; a process that it left behind can hold its streams open. */
    private static final long READ_OUT_MILLIS = 1_000;

    /** Named by its class in an order; needs nothing. */
    public RelayTask() {}

    @Override
    public void run(Channel channel) throws IOException, InterruptedException {
        if (!(channel.receive() instanceof Tuple order)
                || order.size() != 3
                || !(order.get(0) instanceof List<?> words)
                || !(order.get(1) instanceof Channel errors)
                || !(order.get(2) instanceof Channel control)) {
            throw new IllegalArgumentException("a command and two channels were expected");
        }
        try {
            List<String> command = words.stream().map(String.class::cast).toList();
            relay(new ProcessBuilder(command).start(), channel, errors, control);
        } finally {
            errors.close();
            control.close();
        }
    }

    private static void relay(Process process, Channel channel, Channel errors, Channel control)
            throws InterruptedException {
        CountDownLatch open = new CountDownLatch(2);
        try {
            control.setCallback(request -> killIfAlive(process));
            channel.setCallback(new Input(process.getOutputStream()), END);
            DaemonThreads.pool().execute(() -> {
                send(process.getInputStream(), channel);
                sendIfOpen(channel, END);
                open.countDown();
            });
            DaemonThreads.pool().execute(() -> {
                send(process.getErrorStream(), errors);
                errors.close();
                open.countDown();
            });
            int status = process.waitFor();
            // Before the rest is looked for, which takes a while where many workers end at once.
            sendIfOpen(control, status);
            ChildProcess.killGroup(process);
            boolean unused = open.await(READ_OUT_MILLIS, TimeUnit.MILLISECONDS);
        } finally {
            killIfAlive(process);
        }
    }

    /** Its number may be another's after its end. */
    private static void killIfAlive(Process process) {
        if (process.isAlive()) {
            ChildProcess.killFromBelow(process);
        }
    }

    private static void send(InputStream from, Channel to) {
        try {
            boolean unused = OutputItems.send(from, to);
        } catch (IOException | ExecnetException e) {
            // Whoever writes or reads is gone.
        }
    }

    private static void sendIfOpen(Channel channel, Object item) {
        try {
            channel.send(item);
        } catch (ExecnetException e) {
            // Nobody is there to be told.
        }
    }

    /** Writes to the process; one that reads nothing stops its sender, as what it has not taken is not received. */
    private static final class Input implements Consumer<@Nullable Object> {
        private final OutputStream out;
        private boolean open = true;

        Input(OutputStream out) {
            this.out = out;
        }

        @Override
        public void accept(@Nullable Object item) {
            if (!open) {
                return;
            }
            try {
                if (item instanceof byte[] bytes && bytes.length > 0) {
                    out.write(bytes);
                    out.flush();
                } else {
                    open = false;
                    out.close();
                }
            } catch (IOException e) {
                // It has ended, and that is told in another way.
                open = false;
            }
        }
    }
}
