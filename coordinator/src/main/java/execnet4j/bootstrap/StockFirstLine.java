package execnet4j.bootstrap;

import execnet4j.protocol.Offer;

/**
 * What a Python reads first that is to serve with the execnet that it has: an expression whose value is the text of a
 * program that starts it. Nothing of execnet travels; it knows execnet 1.9 to 2.1 by its names.
 */
final class StockFirstLine {
    private StockFirstLine() {}

    /** For a process; the worker drops what tasks print unless that is sent to where its errors go. */
    static String ofProcess(Offer offer, boolean forwardsStdout) {
        return program(
                offer,
                "import os",
                "from execnet.gateway_base import get_execmodel, init_popen_io, serve",
                "io = init_popen_io(get_execmodel(MODEL))",
                forwardsStdout ? "os.dup2(2, 1)" : "");
    }

    /** For a connection to a socket server, which has it in a variable. */
    static String ofSocket(Offer offer) {
        return program(
                offer,
                "from execnet.gateway_base import get_execmodel, serve",
                "from execnet.gateway_socket import SocketIO",
                "io = SocketIO(clientsock, get_execmodel(MODEL))");
    }

    private static String program(Offer offer, String... lines) {
        String text = String.join("\n", lines).replace("MODEL", PythonLiteral.of(offer.execModel()));
        return PythonLiteral.of(text + "\nio.write(b'" + (char) Offer.READY + "')\nserve(io, id="
                + PythonLiteral.of(offer.id() + "-worker") + ")");
    }
}
