package execnet4j.bootstrap;

import execnet4j.protocol.Offer;
import execnet4j.spec.GatewaySpec;
import execnet4j.text.HarmlessText;
import execnet4j.transport.Hop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a worker of one kind is started.
 *
 * @param command its words
 * @param inShort what of them came from the user, for messages
 * @param firstLine what it reads before it answers, without the line's end
 * @param python whether it is a Python
 * @param extensions whether it is ours, which knows our extensions and says what it is
 * @param noCommand what to tell a user for whom the system or the shell could not run the command
 * @param far the way to a shell elsewhere which starts it, null if the command does
 */
record Launch(
        List<String> command,
        String inShort,
        String firstLine,
        boolean python,
        boolean extensions,
        String noCommand,
        @Nullable FarShell far) {
    /** What a shell answers for a command that it cannot run or cannot find (POSIX, 2.8.2). */
    static final List<Integer> NO_COMMAND = List.of(126, 127);

    private static final String SOME_JAVA = "/path/to/bin/java";
    private static final String SOME_PYTHON = "/path/to/python3";

    /** Whether a worker of the spec runs here and comes to a socket of ours before it answers. */
    static boolean meets(GatewaySpec spec) {
        return spec.popen() && !spec.python().isEmpty() && !spec.plainExecnet();
    }

    /** Whether a worker of the spec runs here and can come to a socket of ours when there is much to say. */
    static boolean moves(GatewaySpec spec) {
        return spec.popen() && spec.python().isEmpty();
    }

    /** Of the kind that the spec asks for; through another worker if there is one. */
    static Launch of(GatewaySpec spec, @Nullable Hop hop, Offer offer) {
        if (spec.socket().isPresent() && spec.plainExecnet()) {
            return new Launch(List.of(), "", StockFirstLine.ofSocket(offer), true, false, "", null);
        }
        if (spec.dialled().isPresent()) {
            return ofDialled(spec, offer);
        }
        FarShell far = FarShell.of(spec, hop);
        return spec.python().isEmpty() ? java(spec, offer, far) : python(spec, offer, far);
    }

    /** Of one that runs already. */
    static Launch ofDialled(GatewaySpec spec, Offer offer) {
        boolean python = !spec.python().isEmpty();
        String firstLine = python ? PythonFirstLine.of(spec, offer) : offer.line();
        return new Launch(List.of(), "", firstLine, python, true, "", null);
    }

    private static Launch java(GatewaySpec spec, Offer offer, @Nullable FarShell far) {
        return new Launch(
                far == null ? JavaCommand.of(spec, KernelCode.path()) : far.command(),
                far == null ? JavaCommand.inShort(spec) : far.inShort(),
                offer.line(),
                false,
                true,
                noCommand("java", JavaCommand.java(spec), SOME_JAVA),
                far);
    }

    private static Launch python(GatewaySpec spec, Offer offer, @Nullable FarShell far) {
        return new Launch(
                far == null ? PythonCommand.of(spec) : far.command(),
                far == null ? PythonCommand.inShort(spec) : far.inShort(),
                spec.plainExecnet()
                        ? StockFirstLine.ofProcess(offer, spec.forwardsStdout())
                        : PythonFirstLine.of(spec, offer),
                true,
                !spec.plainExecnet(),
                noCommand("python", spec.python(), SOME_PYTHON),
                far);
    }

    private static String noCommand(String key, List<String> words, String example) {
        return "there is no " + key + " that can be run as " + HarmlessText.inShort(String.join(" ", words))
                + "; name one with " + key + "=" + example + " in the spec";
    }
}
