package execnet4j.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.protocol.Offer;
import execnet4j.spec.GatewaySpec;
import org.junit.jupiter.api.Test;

class PythonFirstLineTest {
    @Test
    void literalsAreAsciiOnOneLine() {
        assertThat(PythonLiteral.of("it's\\ a\n\tb\u00fc\ud83d\ude00"))
                .isEqualTo("'it\\'s\\\\ a\\n\\U00000009b\\U000000fc\\U0001f600'");
    }

    @Test
    void theLineIsOneLineOfAsciiThatStartsTheWorkerAsTheSpecWants() {
        GatewaySpec spec =
                GatewaySpec.of("popen//python=env python3//stdout=null//execmodel=main_thread_only//id=\u00fc'");
        String line = PythonFirstLine.of(spec, new Offer("\u00fc'", "main_thread_only", 5L, null));

        assertThat(line).matches("[ -~]+").startsWith("compile('\"\"\"The Python worker of execnet4j");
        assertThat(line)
                .contains("\\nmain({\\'id\\': \\'\\\\U000000fc\\\\\\'\\', \\'execmodel\\': \\'main_thread_only\\',"
                        + " \\'bytebudget\\': 5, \\'stdout\\': \\'null\\', \\'extensions\\': True,"
                        + " \\'session\\': False})\\n'");
    }
}
