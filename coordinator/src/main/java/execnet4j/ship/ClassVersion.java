package execnet4j.ship;

import org.jspecify.annotations.Nullable;

/** The Java release that a class file was compiled for. */
final class ClassVersion {
    /** Class files of Java 1 have the major version 45. */
    private static final int BEFORE_FIRST = 44;

    private static final int MAJOR = 6;

    private ClassVersion() {}

    static int release(byte[] classFile) {
        return ((classFile[MAJOR] & 0xFF) << 8 | (classFile[MAJOR + 1] & 0xFF)) - BEFORE_FIRST;
    }

    /** A copy that says it is of another release, for a reader that refuses what is newer than itself. */
    static byte[] patched(byte[] classFile, int release) {
        byte[] copy = classFile.clone();
        copy[MAJOR] = 0;
        copy[MAJOR + 1] = (byte) (release + BEFORE_FIRST);
        return copy;
    }

    /** Why a class cannot run on a worker, or null if it can. */
    static @Nullable String refusal(String binaryName, int classRelease, int workerRelease) {
        if (classRelease <= workerRelease) {
            return null;
        }
        return binaryName + " is compiled for Java " + classRelease + ", the worker runs Java " + workerRelease
                + ": compile with --release " + workerRelease + ", or give the worker a newer java (java= in its spec)";
    }
}
