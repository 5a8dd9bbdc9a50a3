package execnet4j.live.programs;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.live.Processes;
import java.io.IOException;
import java.util.List;
import tasks.Children;
import tasks.Stubborn;

/**
 * Starts workers that do what the arguments but the last say, prints the ids of all processes that there then are, {@code
 * ready}, and comes to the end that the last argument says.
 */
public final class Coordinator {
    private Coordinator() {}

    public static void main(String[] args) throws IOException {
        Group group = Group.builder().build();
        for (String what : List.of(args).subList(0, args.length - 1)) {
            Gateway gateway =
                    group.makeGateway(what.startsWith("python") ? "popen//python=python3" : "popen//jvm=-Xmx64m");
            System.out.println(what + " " + gateway.remoteInfo().pid());
            begin(gateway, what);
        }
        System.out.println("ready");
        switch (args[args.length - 1]) {
            case "wait" -> System.in.read();
            case "exit" -> System.exit(5);
            case "throw" -> throw new IllegalStateException("on purpose");
            default -> {
                // The end of the main thread is the end of the program.
            }
        }
    }

    private static void begin(Gateway gateway, String what) {
        switch (what) {
            case "endless" -> gateway.remoteExec(Stubborn::loop).receive();
            case "printing" -> gateway.remoteExec(Stubborn::print).receive();
            case "sending" -> gateway.remoteExec(Stubborn::send).receive();
            case "receiving" -> gateway.remoteExec(Stubborn::receive).receive();
            case "sleeping" -> gateway.remoteExec(Stubborn::sleep).receive();
            case "stuck" -> stopAndExit(gateway);
            case "filling" -> gateway.remoteExec(Stubborn::fill).receive();
            case "children" -> startChildren(gateway);
            case "python" ->
                gateway.remoteExec("channel.send('up')\nwhile True: pass").receive();
            case "python-children" ->
                tell(gateway.remoteExec("import subprocess\nchannel.send(subprocess.Popen(['sleep', '600']).pid)"));
            case "children and filling" -> {
                startChildren(gateway);
                gateway.remoteExec(Stubborn::fill).receive();
            }
            default -> throw new IllegalArgumentException(what);
        }
    }

    /** It has been told to end, and cannot. */
    private static void stopAndExit(Gateway gateway) {
        try {
            Processes.signal("STOP", gateway.remoteInfo().pid());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        gateway.exit();
    }

    private static void startChildren(Gateway gateway) {
        tell(gateway.remoteExec(Children::startAndWait));
        tell(gateway.remoteExec(Children::orphanAndWait));
    }

    private static void tell(Channel child) {
        System.out.println("child " + child.receive());
    }
}
