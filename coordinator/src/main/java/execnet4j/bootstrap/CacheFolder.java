package execnet4j.bootstrap;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The user's folder for what we keep from one run to the next. */
final class CacheFolder {
    /** Names another folder; anything but an absolute path, such as nothing, has us keep nothing. */
    static final String VARIABLE = "EXECNET4J_CACHE";

    private CacheFolder() {}

    /** Where it is or would be, null for nowhere. */
    static @Nullable Path of(Map<String, String> environment) {
        String chosen = environment.get(VARIABLE);
        if (chosen != null) {
            return absolute(chosen);
        }
        // A relative one is to be ignored (XDG Base Directory Specification).
        Path caches = absolute(environment.getOrDefault("XDG_CACHE_HOME", ""));
        if (caches == null) {
            Path home = absolute(environment.getOrDefault("HOME", ""));
            caches = home == null ? null : home.resolve(".cache");
        }
        return caches == null ? null : caches.resolve("execnet4j");
    }

    private static @Nullable Path absolute(String text) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute() ? path.normalize() : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
