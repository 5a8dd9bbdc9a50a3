package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/** A Java runtime with the module {@code java.base} and nothing else: no compiler, no logging, no management. */
public final class BareRuntime {
    private BareRuntime() {}

    /** Has this JDK's jlink make one in a new folder; the result is its home. */
    public static Path in(Path folder) throws IOException {
        Path home = folder.resolve("java-base");
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(out, out, "--add-modules", "java.base", "--output", home.toString());
        assertThat(status).as("jlink: %s", said).isZero();
        return home;
    }
}
