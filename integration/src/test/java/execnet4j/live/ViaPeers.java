package execnet4j.live;

/** Workers behind others that tests share. */
final class ViaPeers {
    static final Peer JVM;
    static final WorkerPeer PYTHON;
    static final Peer BEHIND_PYTHON;
    static final Peer BEHIND_TWO;

    static {
        // Where no cache can be written, what was sent lives as long as its worker.
        String uncached = "//env:XDG_CACHE_HOME=/proc/none";
        Workers.far("popen//id=way" + uncached);
        Workers.far("popen//id=python-way//python=python3//via=way");
        JVM = new WorkerPeer(Workers.far("popen//id=behind//via=way"));
        PYTHON = new WorkerPeer(Workers.far("popen//id=python-behind//python=python3//via=way"));
        BEHIND_TWO = new WorkerPeer(Workers.far("popen//id=behind-two//via=python-way"));
        Workers.far("popen//id=python-first//python=python3" + uncached);
        BEHIND_PYTHON = new WorkerPeer(Workers.far("popen//id=behind-python//via=python-first"));
    }

    private ViaPeers() {}
}
