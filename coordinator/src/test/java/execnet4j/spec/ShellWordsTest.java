package execnet4j.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void splitsAsAShellDoes() {
        assertThat(ShellWords.split("  java\t-version ")).containsExactly("java", "-version");
        assertThat(ShellWords.split("/my\\ jdk/java ''")).containsExactly("/my jdk/java", "");
        assertThat(ShellWords.split("\"a 'b' \\\"c\\\" \\d\"e'f g'")).containsExactly("a 'b' \"c\" \\def g");
        assertThat(ShellWords.split(" ")).isEmpty();
    }

    @Test
    void refusesWhatIsLeftOpen() {
        assertThatThrownBy(() -> ShellWords.split("'a")).hasMessageContaining("single quote");
        assertThatThrownBy(() -> ShellWords.split("\"a\\\"")).hasMessageContaining("double quote");
        assertThatThrownBy(() -> ShellWords.split("a\\")).hasMessageContaining("backslash");
    }
}
