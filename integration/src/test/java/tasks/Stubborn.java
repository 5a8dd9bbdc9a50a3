package tasks;

import execnet4j.channel.Channel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tasks that say that they run, and then go on for ever, or nearly. */
public final class Stubborn {
    private Stubborn() {}

    /** Heeds nothing. */
    public static void loop(Channel channel) {
        channel.send("running");
        while (true) {
            Thread.onSpinWait();
        }
    }

    /** Writes to standard output all the time. */
    public static void print(Channel channel) {
        channel.send("running");
        while (!Thread.currentThread().isInterrupted()) {
            System.out.println("more and more");
        }
    }

    /** Sends what nobody receives. */
    public static void send(Channel channel) {
        channel.send("running");
        Channel unread = channel.gateway().newChannel();
        channel.send(unread);
        while (true) {
            unread.send(new byte[1 << 16]);
        }
    }

    /** Waits for an item. */
    public static void receive(Channel channel) {
        channel.send("running");
        channel.receive();
    }

    /** Waits for longer than any test. */
    public static void sleep(Channel channel) throws InterruptedException {
        channel.send("running");
        new CountDownLatch(1).await(100, TimeUnit.SECONDS);
    }
}
