package tasks;

import execnet4j.channel.Channel;
import java.io.IOException;

/** Tasks that start processes. */
public final class Children {
    private Children() {}

    /** Sends the id of a child that runs on, and waits for an item. */
    public static void startAndWait(Channel channel) throws IOException {
        Process child = new ProcessBuilder("sleep", "600").start();
        channel.send(child.pid());
        channel.receive();
    }

    /** The same with a grandchild whose parent has gone, and which holds the worker's standard error open. */
    public static void orphanAndWait(Channel channel) throws IOException {
        Process shell = new ProcessBuilder("/bin/sh", "-c", "sleep 600 >&2 & echo $!")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        channel.send(Long.parseLong(shell.inputReader().readLine()));
        channel.receive();
    }
}
