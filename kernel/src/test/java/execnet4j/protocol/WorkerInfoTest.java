package execnet4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.LoadException;
import execnet4j.serial.Dump;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WorkerInfoTest {
    @Test
    @DisplayName("B10 information about a worker is plain data that can be read again")
    void comesBackTheSame() {
        WorkerInfo info = WorkerInfo.ofThisProcess();
        assertThat(WorkerInfo.of(Dump.loads(Dump.dumps(info.toMap())))).isEqualTo(info);
        assertThat(info.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(info.release()).isEqualTo(Runtime.version().feature());
        assertThat(info.executable()).contains("java");
    }

    @Test
    void whatIsNotWholeIsRefused() {
        Map<String, Object> whole = WorkerInfo.ofThisProcess().toMap();
        for (String key : whole.keySet()) {
            Map<String, Object> lacking = new HashMap<>(whole);
            lacking.remove(key);
            assertRefused(lacking);
            lacking.put(key, List.of());
            assertRefused(lacking);
        }
        assertRefused(null);
        assertRefused("pid");
    }

    @Test
    void whatCannotBeIsRefused() {
        Map<String, List<Object>> impossible = Map.of(
                "pid", List.of(0, -1, 1L << 32, 1.5, BigInteger.TEN.pow(20)),
                "release", List.of(-1, 1000, 17L << 32, "17"),
                "version", List.of("1".repeat(10_000)),
                "cwd", List.of("/".repeat(10_000)));
        impossible.forEach((key, values) -> values.forEach(value -> {
            Map<String, Object> map = WorkerInfo.ofThisProcess().toMap();
            map.put(key, value);
            assertRefused(map);
        }));
    }

    @Test
    void textIsMadeHarmless() {
        Map<String, Object> map = WorkerInfo.ofThisProcess().toMap();
        map.put("platform", "\u001b[2J");
        assertThat(WorkerInfo.of(map).platform()).isEqualTo("\\u001b[2J");
    }

    private static void assertRefused(@Nullable Object value) {
        assertThatThrownBy(() -> WorkerInfo.of(value)).isInstanceOf(LoadException.class);
    }
}
