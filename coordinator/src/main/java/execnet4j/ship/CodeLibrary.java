package execnet4j.ship;

import execnet4j.error.ExecnetException;
import execnet4j.error.LoadException;
import execnet4j.protocol.CodeNames;
import org.jspecify.annotations.Nullable;

/**
 * Answers a worker that asks for a class or resource by name. The worker is not trusted: only names are taken, and looked up
 * only in the task class path. Safe for threads.
 */
public final class CodeLibrary {
    private final TaskClassPath classPath;
    private final int release;

    CodeLibrary(TaskClassPath classPath, int release) {
        this.classPath = classPath;
        this.release = release;
    }

    /**
     * The class file of a class.
     *
     * @param binaryName what the worker asked for
     * @return as it is to be loaded there; null if there is none, and for classes of the JDK and of execnet4j, its
     *     public interfaces apart
     * @throws LoadException if this is no class name, which a worker of ours never asks for: its gateway is to be ended
     * @throws ExecnetException if it cannot be used there, with a text for the task that asked
     */
    public byte @Nullable [] classBytes(String binaryName) {
        if (!CodeNames.isBinaryName(binaryName)) {
            throw violation("class", binaryName);
        }
        byte[] classFile = ResidentClasses.contains(binaryName)
                ? ResidentClasses.publicInterface(binaryName)
                : classPath.find(CodeNames.classFile(binaryName));
        if (classFile == null && ResidentClasses.isOfCoordinator(binaryName)) {
            throw new ExecnetException(
                    "execnet4j's classes for coordinators are not there for tasks: keep them out of what a"
                            + " task runs, static initialisers of its class included");
        }
        if (classFile == null) {
            return null;
        }
        String refusal = ClassVersion.refusal(binaryName, ClassVersion.release(classFile), release);
        if (refusal != null) {
            throw new ExecnetException(refusal);
        }
        return ExitRedirect.apply(classFile);
    }

    /**
     * A resource.
     *
     * @param name what the worker asked for
     * @return its bytes; null if there is none
     * @throws LoadException if the name could mean another place than the class path, which a worker of ours never asks for:
     *     its gateway is to be ended
     * @throws ExecnetException if it is too large, with a text for the task that asked
     */
    public byte @Nullable [] resource(String name) {
        if (!CodeNames.isResourceName(name)) {
            throw violation("resource", name);
        }
        return classPath.find(name);
    }

    private static LoadException violation(String kind, String name) {
        String shown = name.length() > 100 ? name.substring(0, 100) + "..." : name;
        return new LoadException("the worker asked for what is no " + kind + " name: " + shown);
    }
}
