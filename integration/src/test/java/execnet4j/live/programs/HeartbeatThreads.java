package execnet4j.live.programs;

import execnet4j.Gateway;
import execnet4j.Group;

/** For each spec that its arguments are: whether the worker, and whether this process, has a thread for heartbeats. */
public final class HeartbeatThreads {
    private static final String NAME = "execnet4j-heartbeat";

    private HeartbeatThreads() {}

    public static void main(String[] specs) {
        for (String spec : specs) {
            try (Group group = Group.start(spec)) {
                Gateway gateway = group.get(0);
                Object there = gateway.spec().python().isEmpty()
                        ? gateway.remoteExec(channel -> channel.send(isHere())).receive()
                        : gateway.remoteExec("import threading; channel.send(any(each.name == '" + NAME
                                        + "' for each in threading.enumerate()))")
                                .receive();
                System.out.println(there + ", " + isHere());
            }
        }
        System.out.println("done");
    }

    private static boolean isHere() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each -> each.getName().equals(NAME));
    }
}
