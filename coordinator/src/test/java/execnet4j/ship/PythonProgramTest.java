package execnet4j.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.serial.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonProgramTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "x, x",
                "\"  x\", x",
                "\"  if x:^      y\", \"if x:^    y\"",
                "\"\tx^\t  y\", \"x^  y\"",
                "\"  x^\ty\", \"  x^\ty\"",
                "\"    x^^  ^    y^\", \"x^^^y^\"",
                "\"x^    y\", \"x^    y\"",
                "\"\", \"\"",
                "\"  ^\", \"  ^\""
            })
    void whatAllLinesAreIndentedByIsTakenAway(String source, String sent) {
        assertThat(PythonProgram.text(source.replace('^', '\n')).get(0)).isEqualTo(sent.replace('^', '\n'));
    }

    @Test
    void aFileIsReadNowAndNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("task.py"), "\uFEFFx = '\u20ac'\n");

        assertThat(PythonProgram.file(file)).isEqualTo(Tuple.of("x = '\u20ac'\n", file.toString(), null, Map.of()));
        assertThat(PythonProgram.call(file, "f", Map.of("a", 1)))
                .isEqualTo(Tuple.of("x = '\u20ac'\n", file.toString(), "f", Map.of("a", 1)));
        assertThat(PythonProgram.function(file).get(3))
                .isEqualTo(Map.of("source", "x = '\u20ac'\n", "file", file.toString()));
    }

    @Test
    void whatIsNoTextOrNotThereIsRefused() throws IOException {
        Path latin = Files.write(folder.resolve("latin.py"), new byte[] {(byte) 0xFC});

        assertThatThrownBy(() -> PythonProgram.file(latin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("latin.py is no UTF-8 text");
        assertThatThrownBy(() -> PythonProgram.file(folder.resolve("none.py")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.py cannot be read");
    }
}
