package execnet4j.ship;

import execnet4j.protocol.CodeHash;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes of a task as they are sent: calls of System.exit turned, named by hash. Holds no class object. */
final class ShippedCode {
    private final Map<String, String> classes = new LinkedHashMap<>();
    private final Map<String, byte[]> code = new LinkedHashMap<>();
    private int newestRelease;
    private String newestClass = "";

    /** From class files as they are on disk, by binary name. */
    ShippedCode(Map<String, byte[]> classFiles) {
        classFiles.forEach((name, classFile) -> {
            byte[] sent = ExitRedirect.apply(classFile);
            String hash = CodeHash.of(sent);
            classes.put(name, hash);
            code.put(hash, sent);
            int release = ClassVersion.release(classFile);
            if (release > newestRelease) {
                newestRelease = release;
                newestClass = name;
            }
        });
    }

    /** Binary names to hashes. */
    Map<String, String> classes() {
        return classes;
    }

    /** Hashes to bytes. */
    Map<String, byte[]> code() {
        return code;
    }

    /** Itself, if a worker of this release can run all of it. */
    ShippedCode requireRelease(int workerRelease) {
        @Nullable String refusal = ClassVersion.refusal(newestClass, newestRelease, workerRelease);
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        return this;
    }
}
