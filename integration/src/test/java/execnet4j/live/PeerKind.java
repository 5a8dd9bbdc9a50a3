package execnet4j.live;

import java.util.List;

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
    },
    /** A JVM on a host of {@link execnet4j.far.SshHosts}. */
    SSH {
        @Override
        Peer peer() {
            return SshPeers.JVM;
        }
    },
    /** A Python on a host of {@link execnet4j.far.SshHosts}. */
    SSH_PYTHON {
        @Override
        Peer peer() {
            return SshPeers.PYTHON;
        }
    };

    /** Those that need no other host. */
    static List<PeerKind> here() {
        return List.of(POPEN, PYTHON, STOCK, MEMORY);
    }

    abstract Peer peer();

    /** Whether its tasks, and so their errors, are Python's. */
    boolean runsPython() {
        return this == PYTHON || this == STOCK || this == SSH_PYTHON;
    }
}
