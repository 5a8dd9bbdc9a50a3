package execnet4j.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchivableOptionsTest {
    @Test
    void sizesAndCollectorsHaveAnArchiveOfTheirOwn() {
        assertThat(ArchivableOptions.of(Map.of(), List.of())).isEmpty();
        assertThat(ArchivableOptions.of(Map.of(), List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50")))
                .containsExactly("-Xmx64m", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50");
        assertThat(ArchivableOptions.of(Map.of("JAVA_TOOL_OPTIONS", " -Xss1m  -ea "), List.of("-Xmx1g")))
                .containsExactly("-Xss1m", "-Xmx1g");
    }

    @Test
    void propertiesOfTheUsersMakeNoDifference() {
        assertThat(ArchivableOptions.of(Map.of(), List.of("-Dname=value", "-ea")))
                .isEmpty();
    }

    @Test
    void withAnythingElseThereIsNone() {
        for (String option : List.of(
                "-javaagent:a.jar",
                "-agentlib:jdwp=transport=dt_socket",
                "-Xlog:gc:file=x",
                "-XX:SharedArchiveFile=mine",
                "-Djava.system.class.loader=Mine",
                "-Djdk.module.addmods=x",
                "@arguments")) {
            assertThat(ArchivableOptions.of(Map.of(), List.of("-Xmx1g", option)))
                    .as(option)
                    .isNull();
            assertThat(ArchivableOptions.of(Map.of("JDK_JAVA_OPTIONS", option), List.of()))
                    .as(option)
                    .isNull();
        }
    }
}
