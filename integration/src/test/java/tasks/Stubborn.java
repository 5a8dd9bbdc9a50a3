package tasks;

import execnet4j.channel.Channel;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tasks that say that they run, and then go on for ever, or nearly. */
public final class Stubborn {
    /** Names the file that gets a byte when {@link #fill} has filled the heap. */
    public static final String HOARD_FILE_VARIABLE = Hoard.FILE_VARIABLE;

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

    /** Leaves not a byte of the heap to anybody else, and waits. */
    public static void fill(Channel channel) throws IOException, InterruptedException {
        Hoard.fill(channel);
    }

    /** Waits for longer than any test. */
    public static void sleep(Channel channel) throws InterruptedException {
        channel.send("running");
        new CountDownLatch(1).await(100, TimeUnit.SECONDS);
    }
}
