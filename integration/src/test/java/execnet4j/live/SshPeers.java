package execnet4j.live;

import execnet4j.far.SshHosts;

/** Workers on other hosts that tests share, each started when it is first wanted. */
final class SshPeers {
    private static final String HOST = SshHosts.shared().spec(SshHosts.OF_SUITES);

    static final Peer JVM = new WorkerPeer(Workers.far(HOST));
    static final Peer PYTHON = new WorkerPeer(Workers.far(HOST + "//id=far-python//python=python3"));

    private SshPeers() {}
}
