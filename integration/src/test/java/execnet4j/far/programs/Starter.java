package execnet4j.far.programs;

import execnet4j.Gateway;
import execnet4j.Group;
import java.io.IOException;

/** Starts what its arguments say, has each worker answer, says "ready" and waits for the end of its input. */
public final class Starter {
    private Starter() {}

    public static void main(String[] specs) throws IOException {
        try (Group group = Group.start(specs)) {
            for (Gateway gateway : group) {
                System.out.println("worker " + gateway.updateRemoteInfo().pid());
            }
            System.out.println("ready");
            while (System.in.read() >= 0) {
                System.out.flush();
            }
        }
    }
}
