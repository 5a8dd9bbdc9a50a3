package execnet4j.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.protocol.Offer;
import execnet4j.spec.GatewaySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PythonFirstLineTest {
    @Test
    void literalsAreAsciiOnOneLine() {
        assertThat(PythonLiteral.of("it's\\ a\n\tb\u00fc\ud83d\ude00"))
                .isEqualTo("'it\\'s\\\\ a\\n\\U00000009b\\U000000fc\\U0001f600'");
    }

    @Test
    void everySourceOfThePackageIsSent() throws IOException {
        Path folder = Path.of("src/main/resources/execnet4j/bootstrap/execnet4j_worker");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".py")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Stream.of("__init__"), PythonSources.NAMES.stream())
                                    .map(name -> name + ".py")
                                    .toList());
        }
    }

    @Test
    void theLineIsOneLineOfAsciiThatStartsTheWorkerAsTheSpecWants() {
        GatewaySpec spec =
                GatewaySpec.of("popen//python=env python3//stdout=null//execmodel=main_thread_only//id=\u00fc'");
        String line = PythonFirstLine.of(spec, new Offer("\u00fc'", "main_thread_only", 5L, null, 30));

        assertThat(line).matches("[ -~]+").startsWith("globals().update(sources={'arrays': '\"\"\"");
        assertThat(line)
                .contains(
                        "\\nstart(sources, {\\'id\\': \\'\\\\U000000fc\\\\\\'\\', \\'execmodel\\': \\'main_thread_only\\',"
                                + " \\'bytebudget\\': 5, \\'stdout\\': \\'null\\', \\'socket\\': None, \\'orphan\\': 30, \\'extensions\\': True,"
                                + " \\'session\\': False})\\n'");
    }
}
