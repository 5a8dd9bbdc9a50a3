package execnet4j.worker;

import execnet4j.protocol.CodeNames;
import org.jspecify.annotations.Nullable;

/**
 * Asks the coordinator for code that was not shipped with a task. A call may block for a round trip; it is made on threads
 * that run tasks, never on the reader.
 */
public interface CodeRequests {
    /** For a worker that nobody can be asked from: nothing is ever found. */
    CodeRequests NONE = new CodeRequests() {
        @Override
        public byte @Nullable [] classBytes(String binaryName) {
            return null;
        }

        @Override
        public byte @Nullable [] resource(String name) {
            return null;
        }
    };

    /**
     * The class file of a class in the task class path.
     *
     * @param binaryName such as {@code com.acme.Outer$Inner}; {@link CodeNames#isBinaryName valid}
     * @return null if there is none
     * @throws execnet4j.error.ExecnetException if it was refused, with the reason, or the coordinator is gone
     */
    byte @Nullable [] classBytes(String binaryName);

    /**
     * A resource of the task class path.
     *
     * @param name such as {@code com/acme/words.txt}; {@link CodeNames#isResourceName valid}
     * @return null if there is none
     * @throws execnet4j.error.ExecnetException if it was refused, with the reason, or the coordinator is gone
     */
    byte @Nullable [] resource(String name);
}
