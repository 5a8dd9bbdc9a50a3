package execnet4j.live.programs;

import execnet4j.Group;

/** Has one worker print a line to each of its outputs. */
public final class Greeter {
    private Greeter() {}

    public static void main(String[] args) {
        try (Group group = Group.start("popen")) {
            System.out.println("worker " + group.get(0).remoteInfo().pid());
            group.remoteExec("System.out.println(\"hello from out\");").waitClose();
            group.remoteExec("System.err.println(\"hello from err\");").waitClose();
        }
        System.out.println("done");
    }
}
