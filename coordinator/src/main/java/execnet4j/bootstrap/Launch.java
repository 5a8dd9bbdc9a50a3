package execnet4j.bootstrap;

import execnet4j.protocol.Offer;
import execnet4j.spec.GatewaySpec;
import execnet4j.text.HarmlessText;
import java.util.List;

/**
 * How a worker of one kind is started.
 *
 * @param command its words
 * @param inShort what of them came from the user, for messages
 * @param firstLine what it reads before it answers, without the line's end
 * @param python whether it is a Python
 * @param extensions whether it is ours, which knows our extensions and says what it is
 * @param noCommand what to tell a user for whom the system or the shell could not run the command
 */
record Launch(
        List<String> command, String inShort, String firstLine, boolean python, boolean extensions, String noCommand) {
    /** Whether a worker of the spec runs here and can connect to a socket of ours. */
    static boolean mayMeet(GatewaySpec spec) {
        return spec.socket().isEmpty() && spec.python().isEmpty();
    }

    /** Of the kind that the spec asks for. */
    static Launch of(GatewaySpec spec, Offer offer) {
        if (spec.socket().isPresent()) {
            return new Launch(List.of(), "", StockFirstLine.ofSocket(offer), true, false, "");
        }
        if (spec.python().isEmpty()) {
            return new Launch(
                    JavaCommand.of(spec, KernelCode.path()),
                    JavaCommand.inShort(spec),
                    offer.line(),
                    false,
                    true,
                    noCommand("java", JavaCommand.java(spec), "/path/to/bin/java"));
        }
        return new Launch(
                PythonCommand.of(spec),
                PythonCommand.inShort(spec),
                spec.plainExecnet()
                        ? StockFirstLine.ofProcess(offer, spec.forwardsStdout())
                        : PythonFirstLine.of(spec, offer),
                true,
                !spec.plainExecnet(),
                noCommand("python", spec.python(), "/path/to/python3"));
    }

    private static String noCommand(String key, List<String> words, String example) {
        return "there is no " + key + " that can be run as " + HarmlessText.inShort(String.join(" ", words))
                + "; name one with " + key + "=" + example + " in the spec";
    }
}
