package execnet4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.serial.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceOrderTest {
    @Test
    void isReadFromExecnetsTuple() {
        assertThat(SourceOrder.of(Tuple.of("pass", null, null, Map.of())))
                .isEqualTo(new SourceOrder("pass", null, null));
        assertThat(SourceOrder.of(Tuple.of("def f(channel, n): ...", "f.py", "f", Map.of("n", 1))))
                .isEqualTo(new SourceOrder("def f(channel, n): ...", "f.py", "f"));
    }

    @Test
    void anythingElseIsNone() {
        for (Object other : Arrays.asList(
                null,
                "pass",
                Map.of(),
                List.of("pass"),
                Tuple.of("pass", null, null),
                Tuple.of(1, null, null, Map.of()),
                Tuple.of("pass", 1, null, Map.of()),
                Tuple.of("pass", null, 1, Map.of()),
                Tuple.of("pass", null, null, null))) {
            assertThat(SourceOrder.of(other)).as(String.valueOf(other)).isNull();
        }
    }
}
