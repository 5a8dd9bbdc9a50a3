package execnet4j.live;

/** Workers in a shell that a command gives, here one of this machine, that tests share. */
final class CommandPeers {
    /** Where no cache can be written, what was sent lives as long as its worker. */
    private static final String SHELL = "command=env//env:XDG_CACHE_HOME=/proc/none";

    static final Peer JVM = new WorkerPeer(Workers.far(SHELL + "//id=in-shell"));
    static final Peer PYTHON = new WorkerPeer(Workers.far(SHELL + "//id=python-in-shell//python=python3"));

    private CommandPeers() {}
}
