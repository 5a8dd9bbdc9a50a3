package execnet4j.live;

import execnet4j.Gateway;
import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;

/** A worker process. */
final class WorkerPeer implements Peer {
    static final Peer JVM = new WorkerPeer(Workers.shared());
    static final Peer PYTHON = new WorkerPeer(Workers.sharedPython());
    static final Peer STOCK = new WorkerPeer(Workers.sharedStock());

    private final Gateway gateway;

    WorkerPeer(Gateway gateway) {
        this.gateway = gateway;
    }

    Gateway gateway() {
        return gateway;
    }

    @Override
    public Channel exec(RemoteTask java, String python) {
        return Workers.exec(gateway, java, python);
    }

    @Override
    public Channel newChannel() {
        return gateway.newChannel();
    }

    @Override
    public int channelsHere() {
        return Workers.openChannels(gateway);
    }

    @Override
    public int channelsThere() {
        return gateway.remoteStatus().channels();
    }
}
