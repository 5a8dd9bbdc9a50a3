package execnet4j.live;

import java.util.EnumSet;
import java.util.Set;

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
    },
    /** A JVM that a server started. */
    SOCKET {
        @Override
        Peer peer() {
            return SocketPeers.JVM;
        }
    },
    /** A Python that a server started. */
    SOCKET_PYTHON {
        @Override
        Peer peer() {
            return SocketPeers.PYTHON;
        }
    },
    /** A JVM in a shell that a command gives. */
    COMMAND {
        @Override
        Peer peer() {
            return CommandPeers.JVM;
        }
    },
    /** A Python in a shell that a command gives. */
    COMMAND_PYTHON {
        @Override
        Peer peer() {
            return CommandPeers.PYTHON;
        }
    },
    /** A JVM in a container. */
    PODMAN {
        @Override
        Peer peer() {
            return PodmanPeers.JVM;
        }
    },
    /** A Python in a container. */
    PODMAN_PYTHON {
        @Override
        Peer peer() {
            return PodmanPeers.PYTHON;
        }
    };

    private static final Set<PeerKind> HERE = EnumSet.of(POPEN, PYTHON, STOCK, MEMORY);
    private static final Set<PeerKind> PYTHONS =
            EnumSet.of(PYTHON, STOCK, SSH_PYTHON, VIA_PYTHON, SOCKET_PYTHON, COMMAND_PYTHON, PODMAN_PYTHON);

    /** Those that a suite has to pass where it is not said which. */
    static Set<PeerKind> here() {
        return HERE;
    }

    abstract Peer peer();

    /** Whether its tasks, and so their errors, are Python's. */
    boolean runsPython() {
        return PYTHONS.contains(this);
    }
}
