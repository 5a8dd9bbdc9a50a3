package execnet4j.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
    @Test
    void itIsBelowTheUsersCaches() {
        assertThat(CacheFolder.of(Map.of("HOME", "/home/u"))).isEqualTo(Path.of("/home/u/.cache/execnet4j"));
        assertThat(CacheFolder.of(Map.of("HOME", "/home/u", "XDG_CACHE_HOME", "/caches")))
                .isEqualTo(Path.of("/caches/execnet4j"));
        assertThat(CacheFolder.of(Map.of("HOME", "/home/u", "XDG_CACHE_HOME", "relative")))
                .isEqualTo(Path.of("/home/u/.cache/execnet4j"));
        assertThat(CacheFolder.of(Map.of())).isNull();
    }

    @Test
    void aVariableNamesItOrHasNone() {
        assertThat(CacheFolder.of(Map.of("HOME", "/home/u", CacheFolder.VARIABLE, "/a/b/../c")))
                .isEqualTo(Path.of("/a/c"));
        for (String none : new String[] {"", "off", "relative/path", "\0"}) {
            assertThat(CacheFolder.of(Map.of("HOME", "/home/u", CacheFolder.VARIABLE, none)))
                    .isNull();
        }
    }
}
