package execnet4j.live;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;

/** Two workers that tests share, of one kind or of two: what channels do together must not depend on it. */
enum WorkerPair {
    JVM(Workers.pair().get(0), Workers.pair().get(1)),
    PYTHON(Workers.pythonPair().get(0), Workers.pythonPair().get(1)),
    MIXED(Workers.pair().get(0), Workers.pythonPair().get(0));

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

    /** Runs a task in both: by their group, where they are of one kind. */
    MultiChannel exec(RemoteTask java, String python) {
        Group group = first.group();
        if (second.group() != group) {
            return MultiChannel.of(exec(first, java, python), exec(second, java, python));
        }
        return runsPython(first) ? group.remoteExec(python) : group.remoteExec(java);
    }

    /** Runs a task in a worker, which does the same in Java and, with the variable {@code channel}, in Python. */
    static Channel exec(Gateway gateway, RemoteTask java, String python) {
        return runsPython(gateway) ? gateway.remoteExec(python) : gateway.remoteExec(java);
    }

    private static boolean runsPython(Gateway gateway) {
        return !gateway.spec().python().isEmpty();
    }
}
