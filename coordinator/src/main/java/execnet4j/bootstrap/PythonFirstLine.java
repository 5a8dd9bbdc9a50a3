package execnet4j.bootstrap;

import execnet4j.protocol.Offer;
import execnet4j.spec.GatewaySpec;

/**
 * What a Python reads first: an expression of ASCII characters that leaves the sources of our worker where its loader finds
 * them. Its value is the loader, compiled, with the call that starts it. A Python that is too old says so in place of a
 * syntax error.
 */
final class PythonFirstLine {
    private PythonFirstLine() {}

    static String of(GatewaySpec spec, Offer offer) {
        String loader = PythonLiteral.of(PythonSources.LOADER + "\nstart(sources, " + config(spec, offer) + ")\n");
        return "globals().update(sources=" + PythonSources.MODULES + ") or compile(" + loader
                + ", '<execnet4j worker>', 'exec') if sys.version_info >= (3, 8) else"
                + " sys.exit('execnet4j needs Python 3.8 or newer, and %s is Python %s'"
                + " % (sys.executable, sys.version.split()[0]))";
    }

    private static String config(GatewaySpec spec, Offer offer) {
        // A Python that is started directly leads its session, if necessary, from its first moment on; where the
        // command is more than that, such as sudo, the session is the command's.
        boolean direct = spec.python().size() == 1;
        Long budget = offer.byteBudget();
        String socket = offer.socket();
        return "{'id': " + PythonLiteral.of(offer.id())
                + ", 'execmodel': " + PythonLiteral.of(offer.execModel())
                + ", 'bytebudget': " + (budget == null ? "None" : budget.toString())
                + ", 'stdout': " + PythonLiteral.of(spec.forwardsStdout() ? "forward" : "null")
                + ", 'socket': " + (socket == null ? "None" : PythonLiteral.of(socket))
                + ", 'orphan': " + (offer.orphanSeconds() == null ? "None" : offer.orphanSeconds())
                + ", 'extensions': True, 'session': " + (direct ? "True" : "False") + "}";
    }
}
