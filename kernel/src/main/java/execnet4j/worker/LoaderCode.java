package execnet4j.worker;

import org.jspecify.annotations.Nullable;

/** Where a {@link TaskClassLoader} has its bytes from. */
interface LoaderCode {
    /** The class file that was shipped under this name; it goes before the parent's. Null if there is none. */
    byte @Nullable [] shipped(String binaryName);

    /** The class file that the coordinator gives on demand; null if it has none. May block for a round trip. */
    byte @Nullable [] asked(String binaryName);

    /** A resource the coordinator gives on demand; null if it has none. May block for a round trip. */
    byte @Nullable [] resource(String name);
}
