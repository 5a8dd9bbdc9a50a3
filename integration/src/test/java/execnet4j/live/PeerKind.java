package execnet4j.live;

/** The kinds of {@link Peer}; each is started once, when it is first wanted. */
enum PeerKind {
    POPEN {
        @Override
        Peer peer() {
            return WorkerPeer.JVM;
        }
    },
    PYTHON {
        @Override
        Peer peer() {
            return WorkerPeer.PYTHON;
        }
    },
    MEMORY {
        @Override
        Peer peer() {
            return MemoryPeer.SHARED;
        }
    };

    abstract Peer peer();
}
