package execnet4j.worker;

import execnet4j.error.ExecnetException;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Defines shipped classes. What was shipped goes before the parent's, so that a task meets its own version of a library;
 * what was not is the parent's, and what the parent does not have is asked for by name.
 */
final class TaskClassLoader extends ClassLoader {
    static {
        ClassLoader.registerAsParallelCapable();
    }

    private final LoaderCode code;

    TaskClassLoader(ClassLoader parent, LoaderCode code) {
        super("execnet4j-task", parent);
        this.code = code;
        // With the kernel on a module path: tasks are looked into with method handles, and call TaskExit.
        Module kernel = TaskClassLoader.class.getModule();
        kernel.addReads(getUnnamedModule());
        if (kernel.isNamed()) {
            kernel.addExports(TaskExit.class.getPackageName(), getUnnamedModule());
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                byte[] bytes = code.shipped(name);
                loaded = bytes == null ? inherited(name) : defineClass(name, bytes, 0, bytes.length);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    /** A parent of our kind has asked for it already if it was to be asked for, and says why it did not get it. */
    private Class<?> inherited(String name) throws ClassNotFoundException {
        return getParent() instanceof TaskClassLoader shared ? shared.loadClass(name) : super.loadClass(name, false);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes;
        try {
            bytes = code.asked(name);
        } catch (ExecnetException e) {
            throw new ClassNotFoundException(name + ": " + e.getMessage(), e);
        }
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        byte[] bytes = null;
        if (name.endsWith(".class")) {
            bytes = code.shipped(
                    name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        }
        if (bytes == null) {
            bytes = code.resource(name);
        }
        return bytes == null ? null : MemoryUrl.of(name, bytes);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        URL found = findResource(name);
        return Collections.enumeration(found == null ? List.of() : List.of(found));
    }
}
