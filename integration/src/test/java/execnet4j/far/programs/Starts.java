package execnet4j.far.programs;

import execnet4j.Group;
import execnet4j.error.GatewayStartException;
import java.time.Duration;

/** Starts a worker of a spec within so many milliseconds, says how that went and "ready", and waits for the end of its input. */
public final class Starts {
    private Starts() {}

    public static void main(String[] args) throws Exception {
        try (Group group = Group.builder()
                .outputListener((id, line) -> System.out.println("printed: " + line))
                .build()) {
            try {
                group.makeGateway(args[0], Duration.ofMillis(Long.parseLong(args[1])));
                System.out.println("started");
            } catch (GatewayStartException e) {
                System.out.println(
                        String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
            System.out.println("ready");
            while (System.in.read() >= 0) {
                System.out.flush();
            }
        }
    }
}
