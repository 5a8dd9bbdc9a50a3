package execnet4j.live;

import execnet4j.far.Container;

/** Workers in a container that tests share. */
final class PodmanPeers {
    static final Peer JVM = new WorkerPeer(Workers.far("podman=" + Container.NAME + "//id=contained"));
    static final Peer PYTHON =
            new WorkerPeer(Workers.far("podman=" + Container.NAME + "//id=python-contained//python=python3"));

    private PodmanPeers() {}
}
