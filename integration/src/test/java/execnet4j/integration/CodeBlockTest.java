package execnet4j.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CodeBlockTest {
    @Test
    void findsBlocksTheirHeadingsAndTheirOutput() {
        List<CodeBlock> blocks = CodeBlock.of("page.md", """
                Intro
                ```java
                a();
                ```
                ## Two words
                ```sh
                # no heading
                ```
                ```java
                b();

                c();
                ```

                ```text
                1
                2
                ```
                ```java
                d();
                ```
                words
                ```text
                3
                ```
                """.lines().toList());
        assertThat(blocks)
                .containsExactly(
                        new CodeBlock("page.md", "page.md", 1, 3, "a();", null),
                        new CodeBlock("page.md", "Two words", 1, 10, "b();\n\nc();", "1\n2"),
                        new CodeBlock("page.md", "Two words", 2, 20, "d();", null));
        assertThat(blocks.get(2).title()).isEqualTo("page.md: Two words #2");
    }

    @Test
    void aBlockWithoutEndIsRefused() {
        assertThatThrownBy(() -> CodeBlock.of("page.md", List.of("x", "```java", "a();")))
                .hasMessageContaining("page.md:2");
    }

    @Test
    void statementsBecomeAMainMethodAndTypesStayAsTheyAre() {
        assertThat(BlockProgram.of("import java.io.File;\n\nint x = 1;\nclass Local {}")
                        .source())
                .startsWith("import java.io.File;\nimport java.util.*;\n")
                .contains("        int x = 1;\n        class Local {}\n")
                .doesNotContain("        import");

        String program = "import java.io.File;\n\n/** Doc. */\npublic final class Square {\n}\n";
        assertThat(BlockProgram.of(program)).isEqualTo(new BlockProgram("Square", program, false));

        String runs =
                "record Point(int x) {}\n\npublic class Show {\n    public static void main(String[] args) {}\n}\n";
        assertThat(BlockProgram.of(runs)).isEqualTo(new BlockProgram("Show", runs, true));
    }
}
