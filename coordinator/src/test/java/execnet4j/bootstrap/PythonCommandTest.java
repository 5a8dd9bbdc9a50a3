package execnet4j.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.spec.GatewaySpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PythonCommandTest {
    @Test
    @DisplayName("B06 the program of the command runs the first line that comes, which leaves it the rest")
    void firstLine() throws Exception {
        Process python = new ProcessBuilder(PythonCommand.of(GatewaySpec.of("popen//python=python3")))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Writer in = python.outputWriter();
                BufferedReader out = python.inputReader()) {
            tell(in, PythonLiteral.of("""
                    print('ok')
                    for line in iter(lambda: sys.stdin.readline().strip(), ''):
                        print(line[::-1])
                    """));
            assertThat(out.readLine()).isEqualTo("ok");
            for (String word : new String[] {"one", "two"}) {
                tell(in, word);
                assertThat(out.readLine())
                        .isEqualTo(new StringBuilder(word).reverse().toString());
            }
            tell(in, "");
            assertThat(out.readLine()).isNull();
            assertThat(python.waitFor()).isZero();
        } finally {
            python.destroyForcibly();
        }
    }

    private static void tell(Writer in, String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }
}
