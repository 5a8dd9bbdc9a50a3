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
    },
    /** A JVM through a JVM. */
    VIA {
        @Override
        Peer peer() {
            return ViaPeers.JVM;
        }
    },
    /** A Python through a JVM. */
    VIA_PYTHON {
        @Override
        Peer peer() {
            return ViaPeers.PYTHON;
        }
    },
    /** A JVM through a Python. */
    VIA_A_PYTHON {
        @Override
        Peer peer() {
            return ViaPeers.BEHIND_PYTHON;
        }
    },
    /** A JVM through a Python through a JVM. */
    VIA_TWO {
        @Override
        Peer peer() {
            return ViaPeers.BEHIND_TWO;
        }
    };

    /** Those that need no other host. */
    static List<PeerKind> here() {
        return List.of(POPEN, PYTHON, STOCK, MEMORY);
    }

    /** Those behind another worker. */
    static List<PeerKind> behind() {
        return List.of(VIA, VIA_PYTHON, VIA_A_PYTHON, VIA_TWO);
    }

    abstract Peer peer();

    /** Whether its tasks, and so their errors, are Python's. */
    boolean runsPython() {
        return this == PYTHON || this == STOCK || this == SSH_PYTHON || this == VIA_PYTHON;
    }
}
