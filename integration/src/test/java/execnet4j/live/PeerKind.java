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
    /** A Python that runs plain execnet: no extension, so no flow control. */
    STOCK {
        @Override
        Peer peer() {
            return WorkerPeer.STOCK;
        }
    },
    MEMORY {
        @Override
        Peer peer() {
            return MemoryPeer.SHARED;
        }
    };

    abstract Peer peer();

    /** Whether its tasks, and so their errors, are Python's. */
    boolean runsPython() {
        return this == PYTHON || this == STOCK;
    }
}
