package execnet4j.live;

import execnet4j.far.SshHosts;

/** Workers on other hosts that tests share, each started when it is first wanted. */
final class SshPeers {
    static final Peer JVM = new WorkerPeer(Workers.far(SshHosts.shared().spec(1)));
    static final Peer PYTHON =
            new WorkerPeer(Workers.far(SshHosts.shared().spec(1) + "//id=far-python//python=python3"));

    private SshPeers() {}
}
