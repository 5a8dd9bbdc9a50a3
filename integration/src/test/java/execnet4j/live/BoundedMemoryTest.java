package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.live.programs.Flood;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BoundedMemoryTest {
    @Test
    @Timeout(120)
    void aGigabyteNobodyReceivesStopsItsSenderInAHeapOf128MegabytesAndArrivesLater() throws Exception {
        try (ChildJvm flood = ChildJvm.of(Flood.class, List.of("-Xmx128m"), Map.of())) {
            List<String> lines = flood.readTo("done");

            assertThat(flood.exitStatus()).isZero();
            assertThat(flood.errors()).isEmpty();
            assertThat(lines.get(0)).matches("down stood still after \\d{1,2} MiB");
            assertThat(lines.get(3)).matches("up stood still after \\d{1,2} MiB");
            assertThat(lines).filteredOn(line -> line.startsWith("alive")).containsExactly("alive: 1", "alive: 1");
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("received"))
                    .containsExactly("received: 1024", "received: 1024");
        }
    }
}
