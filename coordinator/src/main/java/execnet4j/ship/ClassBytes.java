package execnet4j.ship;

import org.jspecify.annotations.Nullable;

/** Where class files are found while it is computed what a task reaches. */
@FunctionalInterface
interface ClassBytes {
    /**
     * The class file of a class, as it is on disk.
     *
     * @throws IllegalArgumentException if there is such a class but nowhere its bytes
     */
    byte @Nullable [] of(String binaryName);

    /** Looks here first and there if there is none here. */
    default ClassBytes or(ClassBytes other) {
        return name -> {
            byte[] found = of(name);
            return found == null ? other.of(name) : found;
        };
    }
}
