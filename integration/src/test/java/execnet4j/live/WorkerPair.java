package execnet4j.live;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.channel.RemoteTask;

/** Two workers that tests share, of one kind or of two: what channels do together must not depend on it. */
enum WorkerPair {
    JVM(Workers.pair().get(0), Workers.pair().get(1)),
    PYTHON(Workers.pythonPair().get(0), Workers.pythonPair().get(1)),
    MIXED(Workers.pair().get(0), Workers.pythonPair().get(0)),
    /** A JVM of a server, and a Python behind a JVM. */
    FAR(SocketPeers.JVM.gateway(), ViaPeers.PYTHON.gateway());

    private final Gateway first;
    private final Gateway second;

    WorkerPair(Gateway first, Gateway second) {
        this.first = first;
        this.second = second;
    }

    Gateway first() {
        return first;
    }

    Gateway second() {
        return second;
    }

    /** Runs a task in both: by their group, where it has no others. */
    MultiChannel exec(RemoteTask java, String python) {
        Group group = first.group();
        if (second.group() != group || this == FAR) {
            return MultiChannel.of(Workers.exec(first, java, python), Workers.exec(second, java, python));
        }
        return Workers.runsPython(first) ? group.remoteExec(python) : group.remoteExec(java);
    }
}
