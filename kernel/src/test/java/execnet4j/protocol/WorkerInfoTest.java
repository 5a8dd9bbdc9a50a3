package execnet4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.LoadException;
import execnet4j.serial.Dump;
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

    private static void assertRefused(@Nullable Object value) {
        assertThatThrownBy(() -> WorkerInfo.of(value)).isInstanceOf(LoadException.class);
    }
}
