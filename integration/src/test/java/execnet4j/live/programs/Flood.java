package execnet4j.live.programs;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.ChannelTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Sends a gigabyte to a reader that does not read yet, one way and then the other; then all of it is received and checked. */
public final class Flood {
    private static final int ITEMS = 1024;
    private static final int ITEM_BYTES = 1 << 20;
    private static final Duration STANDSTILL = Duration.ofMillis(500);

    private Flood() {}

    public static void main(String[] args) throws Exception {
        try (Group group = Group.start("popen//jvm=-Xmx128m")) {
            Gateway gateway = group.get(0);
            Channel control = gateway.remoteExec(Flood::serve);

            Channel down = gateway.newChannel();
            control.send(down);
            CompletableFuture<Integer> before = new CompletableFuture<>();
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> sendAll(down, before));
            System.out.println("down stood still after " + before.get() + " MiB");
            System.out.println("alive: " + gateway.remoteStatus().executing());
            control.send("read");
            System.out.println("received: " + control.receive());
            sender.get();

            Channel up = gateway.newChannel();
            control.send(up);
            System.out.println("up stood still after " + control.receive() + " MiB");
            System.out.println("alive: " + gateway.remoteStatus().executing());
            System.out.println("received: " + receiveAll(up));
            control.waitClose();
            down.close();
            up.close();
        }
        System.out.println("done");
    }

    /** The worker's side. */
    private static void serve(Channel control) throws Exception {
        Channel down = control.receive(Channel.class);
        control.receive();
        control.send(receiveAll(down));
        Channel up = control.receive(Channel.class);
        CompletableFuture<Integer> before = new CompletableFuture<>();
        before.thenAccept(control::send);
        sendAll(up, before);
    }

    /** Tells how many items were sent when the other side had taken nothing for a while; then sends the rest. */
    private static void sendAll(Channel channel, CompletableFuture<Integer> before) {
        byte[] item = new byte[ITEM_BYTES];
        for (int i = 0; i < ITEMS; i++) {
            Arrays.fill(item, (byte) i);
            try {
                channel.send(item, STANDSTILL);
            } catch (ChannelTimeoutException e) {
                before.complete(i);
                channel.send(item);
            }
        }
        before.complete(ITEMS);
    }

    private static int receiveAll(Channel channel) {
        byte[] expected = new byte[ITEM_BYTES];
        for (int i = 0; i < ITEMS; i++) {
            Arrays.fill(expected, (byte) i);
            if (!Arrays.equals(expected, channel.receive(byte[].class))) {
                throw new IllegalStateException("item " + i + " is not what was sent");
            }
        }
        return ITEMS;
    }
}
