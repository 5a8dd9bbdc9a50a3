package execnet4j.bench.ours;

import execnet4j.Gateway;
import execnet4j.channel.Channel;
import java.time.Duration;
import java.util.Objects;

/** What runs in the worker, a JVM or a Python, at the other end of a measured channel. */
final class FarEnds {
    private static final String PYTHON_ECHO = """
            item = channel.receive()
            while item is not None:
                channel.send(item)
                item = channel.receive()
            """;

    private static final String PYTHON_COUNT = """
            count = 0
            while channel.receive() >= 0:
                count += 1
            channel.send(count)
            """;

    private static final String PYTHON_TAKE = """
            count = 0
            while len(channel.receive()):
                count += 1
            channel.send(count)
            """;

    private FarEnds() {}

    /** Sends back whatever comes, until null does. */
    static Channel echo(Gateway gateway) {
        return isPython(gateway) ? gateway.remoteExec(PYTHON_ECHO) : gateway.remoteExec(FarEnds::sendBack);
    }

    /** Counts small numbers until a negative one comes, then sends how many there were. */
    static Channel count(Gateway gateway) {
        return isPython(gateway) ? gateway.remoteExec(PYTHON_COUNT) : gateway.remoteExec(FarEnds::countNumbers);
    }

    /** Counts values with a length until one has none, then sends how many there were. */
    static Channel take(Gateway gateway) {
        return isPython(gateway) ? gateway.remoteExec(PYTHON_TAKE) : gateway.remoteExec(FarEnds::takeBytes);
    }

    /** Sends small numbers for a time, then a negative one. */
    static Channel giveNumbers(Gateway gateway, Duration time) {
        long nanos = time.toNanos();
        return gateway.remoteExec(channel -> {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < nanos) {
                for (int i = 0; i < 64; i++) {
                    channel.send(7);
                }
            }
            channel.send(-1);
        });
    }

    /** Sends byte values of a size for a time, then an empty one. */
    static Channel giveBytes(Gateway gateway, int size, Duration time) {
        long nanos = time.toNanos();
        return gateway.remoteExec(channel -> {
            byte[] value = new byte[size];
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < nanos) {
                channel.send(value);
            }
            channel.send(new byte[0]);
        });
    }

    private static boolean isPython(Gateway gateway) {
        return !gateway.spec().python().isEmpty();
    }

    private static void sendBack(Channel channel) {
        for (Object item = channel.receive(); item != null; item = channel.receive()) {
            channel.send(item);
        }
    }

    private static void countNumbers(Channel channel) {
        int count = 0;
        while ((int) Objects.requireNonNull(channel.receive()) >= 0) {
            count++;
        }
        channel.send(count);
    }

    private static void takeBytes(Channel channel) {
        int count = 0;
        while (((byte[]) Objects.requireNonNull(channel.receive())).length > 0) {
            count++;
        }
        channel.send(count);
    }
}
