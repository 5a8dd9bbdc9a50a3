package execnet4j.live;

import execnet4j.OutputListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** What workers print, as {@code gw0: line}. */
final class Lines implements OutputListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void printed(String gatewayId, String line) {
        lines.add(gatewayId + ": " + line);
    }

    /** What came so far. */
    List<String> all() {
        return List.copyOf(lines);
    }

    /** Waits for a line. */
    void await(String line) {
        Awaitility.await("the line " + line + " among " + lines)
                .atMost(Duration.ofSeconds(20))
                .until(() -> lines.contains(line));
    }
}
