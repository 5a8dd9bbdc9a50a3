package execnet4j.rehearsal;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;

/** Tasks of each form that do what most tasks do: they answer items of all kinds, and print. */
public final class Rehearsal implements RemoteTask {
    private static final long serialVersionUID = 1L;

    /** Named by its class; needs nothing. */
    public Rehearsal() {}

    @Override
    public void run(Channel channel) {
        echo(channel);
    }

    /**
     * A lambda.
     *
     * @param captured what it sends first
     * @return the task
     */
    public static RemoteTask lambda(Object captured) {
        return channel -> {
            channel.send(captured);
            echo(channel);
        };
    }

    /**
     * Sends back what comes, up to the first null.
     *
     * @param channel of the task
     */
    public static void echo(Channel channel) {
        System.out.println("rehearsal");
        for (Object item = channel.receive(); item != null; item = channel.receive()) {
            channel.send(item);
        }
    }
}
