package execnet4j.live.programs;

import execnet4j.Group;

/** Has one worker print a line to each of its outputs, and says which and where its temporary files are. */
public final class Greeter {
    private Greeter() {}

    public static void main(String[] args) {
        try (Group group = Group.start("popen")) {
            System.out.println("worker " + group.get(0).remoteInfo().pid());
            System.out.println(group.remoteExec("channel.send(System.getProperty(\"java.io.tmpdir\"));")
                    .receiveEach(String.class)
                    .get(0));
            group.remoteExec("System.out.println(\"hello from out\");").waitClose();
            group.remoteExec("System.err.println(\"hello from err\");").waitClose();
        }
        System.out.println("done");
    }
}
