package execnet4j.cli;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.GroupBuilder;
import execnet4j.Listener;
import execnet4j.ListenerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workers that somebody else starts, and that come here. */
final class DialIns {
    /** As long as it takes a scheduler to have room; Ctrl-C ends the wait. */
    private static final Duration FOR_EVER = Duration.ofDays(36_501);

    private final InetSocketAddress address;
    private final TokenChoice token;
    private final int workers;
    private final boolean python;
    private final Console console;

    DialIns(InetSocketAddress address, TokenChoice token, int workers, boolean python, Console console) {
        this.address = address;
        this.token = token;
        this.workers = workers;
        this.python = python;
        this.console = console;
    }

    /** So many are asked for. */
    int workers() {
        return workers;
    }

    /** Waits until so many have come. */
    Group start(GroupBuilder builder, int number) throws IOException {
        Group group = builder.build();
        boolean done = false;
        try (Listener listener = settings(group).start()) {
            console.line("execnet4j: waiting for " + number + (number == 1 ? " worker" : " workers") + ", " + token
                    + ":\n  " + String.join(" ", python ? pythonCommand(listener) : listener.command()));
            while (group.size() < number) {
                Gateway gateway = listener.accept(FOR_EVER);
                if (gateway.spec().python().isEmpty() == python) {
                    console.line("execnet4j: " + gateway.spec() + " is sent away: the task is "
                            + (python ? "Python, and that is a JVM" : "Java, and that is a Python"));
                    gateway.exit();
                }
            }
            done = true;
            return group;
        } finally {
            if (!done) {
                group.close();
            }
        }
    }

    /** Of what {@code execnet4j worker-script} prints, in the place of the program's text. */
    private static List<String> pythonCommand(Listener listener) {
        List<String> words = new ArrayList<>(List.of("python3", "worker.py"));
        List<String> inline = listener.pythonCommand();
        words.addAll(inline.subList(inline.indexOf("-c") + 2, inline.size()));
        return words;
    }

    private ListenerBuilder settings(Group group) throws IOException {
        ListenerBuilder settings = group.listener().address(address).log(line -> console.line("execnet4j: " + line));
        if (!address.getAddress().isLoopbackAddress()) {
            settings.tls();
        }
        @Nullable String given = token.fromEnvironment();
        if (given != null) {
            return settings.token(given);
        }
        return token.file() == null ? settings : settings.tokenFile(token.file());
    }
}
