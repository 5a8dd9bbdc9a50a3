package execnet4j.bench.compare;

/**
 * One thing that is measured once in each round.
 *
 * @param phase when
 * @param tool which kind of program measures it
 * @param jdk what runs it, the empty text if that is no JVM
 * @param request what to ask of it
 */
record Unit(Phase phase, Tool tool, String jdk, String request) {
    /** Kinds of programs that measure. */
    enum Tool {
        /** A JVM as it is by itself. */
        JVM,
        /** A JVM that lets the peers' libraries do what newer ones warn of. */
        PEER_JVM,
        STOCK,
        BARE
    }

    /** Which process answers: those of the same key share one. */
    record HostKey(Processors processors, Tool tool, String jdk) {}

    /** Whether it gets faster with time. */
    boolean isJvm() {
        return tool == Tool.JVM || tool == Tool.PEER_JVM;
    }

    HostKey host() {
        return new HostKey(phase.processors(), tool, jdk);
    }
}
