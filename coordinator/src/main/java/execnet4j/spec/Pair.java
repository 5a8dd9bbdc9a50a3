package execnet4j.spec;

import org.jspecify.annotations.Nullable;

/** One {@code key=value} of a spec, or a bare {@code key} (then the value is null). */
record Pair(String key, @Nullable String value) {
    /** {@code env} of {@code env:PATH}; of a key without a colon, the whole. */
    String family() {
        int colon = key.indexOf(':');
        return colon < 0 ? key : key.substring(0, colon);
    }

    /** {@code PATH} of {@code env:PATH}; of a key without a colon, null. */
    @Nullable
    String member() {
        int colon = key.indexOf(':');
        return colon < 0 ? null : key.substring(colon + 1);
    }

    String toText() {
        return value == null ? key : key + "=" + SpecText.escape(value);
    }
}
