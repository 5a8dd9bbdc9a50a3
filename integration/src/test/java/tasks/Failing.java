package tasks;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import java.io.IOException;

/** A task that fails two calls deep; tests know the lines. */
public final class Failing implements RemoteTask {
    private static final long serialVersionUID = 1L;

    @Override
    public void run(Channel channel) throws IOException {
        open("a.txt"); // line 13
    }

    private static void open(String name) throws IOException {
        throw new IOException("cannot open " + name); // line 17
    }
}
