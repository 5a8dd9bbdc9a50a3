package execnet4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b.txt", "META-INF/services/a.B", "a/...", "a/b c", "ä/ö"})
    void namesWithinAClassPathAreResources(String name) {
        assertThat(CodeNames.isResourceName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/a", "a/", "a//b", "..", "../a", "a/../b", "a/./b", ".", "a\\b", "C:/a", "file:a", "a\0b", "a\nb"
            })
    void namesThatCouldLeadOutAreNone(String name) {
        assertThat(CodeNames.isResourceName(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a.b.C", "a.B$C", "RemoteExec_1"})
    void binaryNamesAreClassNames(String name) {
        assertThat(CodeNames.isBinaryName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/B", "a..B", ".a", "a.", "[La.B;", "a;b", "a\\b"})
    void othersAreNot(String name) {
        assertThat(CodeNames.isBinaryName(name)).isFalse();
    }
}
