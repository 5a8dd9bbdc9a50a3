package execnet4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HarmlessTextTest {
    @Test
    void controlCharactersAreEscaped() {
        assertThat(HarmlessText.of("a\u001b[31m\r\n\tb\u0000\u009b\u007f"))
                .isEqualTo("a\\u001b[31m\\u000d\n\tb\\u0000\\u009b\\u007f");
    }

    @Test
    void halvesOfSurrogatePairsAreEscaped() {
        assertThat(HarmlessText.of("\udc00 \ud83d\ude00 \ud800")).isEqualTo("\\udc00 \ud83d\ude00 \\ud800");
    }

    @Test
    void lengthIsBoundedAndSaid() {
        String text = "x" + "\ud83d\ude00".repeat(1 << 20);
        assertThat(HarmlessText.of(text))
                .hasSizeLessThan(70_000)
                .startsWith("x\ud83d\ude00")
                .endsWith("\n... (" + text.length() + " characters in all)")
                .doesNotContain("\\u");
    }

    @Test
    void whatIsNoTextIsShown() {
        assertThat(HarmlessText.of(null)).isEqualTo("null");
        assertThat(HarmlessText.of(42)).isEqualTo("42");
    }

    @Test
    void whatTurnsTheDirectionOfWritingIsEscaped() {
        assertThat(HarmlessText.of("safe \u202egpj.exe \u2066x\u2069"))
                .isEqualTo("safe \\u202egpj.exe \\u2066x\\u2069");
        assertThat(HarmlessText.of("\u05e9\u05dc\u05d5\u05dd \u200d")).isEqualTo("\u05e9\u05dc\u05d5\u05dd \u200d");
    }

    @Test
    void inASentenceItIsOneLine() {
        assertThat(HarmlessText.inShort("a\nb\tc")).isEqualTo("a\\u000ab\\u0009c");
        assertThat(HarmlessText.inShort("x".repeat(1000))).hasSize(403).endsWith("x...");
    }
}
