package execnet4j.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final int MANY = 1000;

    private final List<String> log = new CopyOnWriteArrayList<>();

    @Test
    void ofVeryManyItTellsHowMany() {
        Refusals refusals = new Refusals(log::add);
        long began = System.nanoTime();
        for (int i = 0; i < MANY; i++) {
            refusals.add("client " + i, "why");
        }
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
        assertThat(log).startsWith("refused client 0: why");
        assertThat(log.stream().filter(line -> line.endsWith(": why")).count()).isBetween(20L, 20 * seconds);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> told() == MANY);
        assertThat(log).last().asString().endsWith(" more");
    }

    private int told() {
        return log.stream()
                .mapToInt(line -> line.endsWith(" more") ? Integer.parseInt(line.split(" ")[1]) : 1)
                .sum();
    }
}
