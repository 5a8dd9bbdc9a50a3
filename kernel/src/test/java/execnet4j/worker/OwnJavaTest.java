package execnet4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnJavaTest {
    @Test
    void anotherMainClassTakesThePlaceOfTheOwn() throws IOException {
        assertThat(with("-Xmx8m", "-cp", "a:b", "a.Own", "host", "1"))
                .containsExactly("-Xmx8m", "-cp", "a:b", "a.Main");
        assertThat(with("@options", "a.Own", "a.Own", "1")).containsExactly("@options", "a.Main");
        assertThat(with("a.Own", "host", "1")).containsExactly("a.Main");
    }

    @Test
    void aMainClassOfAModuleFindsAllModulesThatOneOfTheClassPathFinds() throws IOException {
        List<String> expected = List.of("-p", "a.jar", "--add-modules", "ALL-DEFAULT");
        for (String option : List.of("-m", "--module")) {
            assertThat(with("-p", "a.jar", option, "a.b/a.Own", "host", "1"))
                    .startsWith(expected.toArray(String[]::new))
                    .endsWith(option, "a.b/a.Main")
                    .hasSize(6);
        }
        assertThat(with("-p", "a.jar", "--module=a.b/a.Own", "host", "1"))
                .startsWith(expected.toArray(String[]::new))
                .endsWith("--module=a.b/a.Main")
                .hasSize(5);
    }

    @Test
    void whereTheOptionsEndMustBeSeen() {
        for (List<String> each :
                List.of(List.of("@all"), List.of("-jar", "own.jar", "host", "1"), List.of("-Da=/a.Own", "@more"))) {
            assertThatThrownBy(() -> OwnJava.with(each, "a.Own", "a.Main"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("write a.Own", "argument file");
        }
    }

    private static List<String> with(String... arguments) throws IOException {
        return OwnJava.with(List.of(arguments), "a.Own", "a.Main");
    }
}
