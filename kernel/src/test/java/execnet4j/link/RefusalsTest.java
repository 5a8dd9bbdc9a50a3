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
        for (int i = 0; i < MANY; i++) {
            refusals.add("client " + i, "why");
        }
        assertThat(log).hasSizeBetween(20, MANY / 2).startsWith("refused client 0: why");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> told() == MANY);
        assertThat(log).last().asString().endsWith(" more");
    }

    private int told() {
        return log.stream()
                .mapToInt(line -> line.endsWith(" more") ? Integer.parseInt(line.split(" ")[1]) : 1)
                .sum();
    }
}
