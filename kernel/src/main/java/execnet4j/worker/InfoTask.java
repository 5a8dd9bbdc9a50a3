package execnet4j.worker;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import execnet4j.protocol.WorkerInfo;

/** Sends the {@link WorkerInfo} of the process it runs in. */
public final class InfoTask implements RemoteTask {
    private static final long serialVersionUID = 1L;

    /** Named by its class in an order; needs nothing. */
    public InfoTask() {}

    @Override
    public void run(Channel channel) {
        channel.send(WorkerInfo.ofThisProcess().toMap());
    }
}
