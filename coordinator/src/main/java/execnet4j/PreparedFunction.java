package execnet4j;

import execnet4j.channel.RemoteFunction;
import execnet4j.serial.Tuple;
import execnet4j.ship.PreparedTask;
import execnet4j.ship.PythonProgram;
import execnet4j.ship.TaskShipper;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function of one value with the code it needs, ready to be sent to any gateway of its group, as often as there are
 * workers. Made by {@link Group#prepare}; any number of threads may use it.
 */
public final class PreparedFunction {
    private final String what;
    private final @Nullable IntFunction<PreparedTask> java;
    private final Map<Integer, PreparedTask> byRelease = new ConcurrentHashMap<>();
    private final @Nullable Tuple python;

    private PreparedFunction(String what, @Nullable IntFunction<PreparedTask> java, @Nullable Tuple python) {
        this.what = what;
        this.java = java;
        this.python = python;
    }

    static PreparedFunction of(TaskShipper shipper, RemoteFunction<?, ?> function) {
        String what = "a function of the class " + function.getClass().getName();
        return new PreparedFunction(what, release -> shipper.function(function, release), null);
    }

    static PreparedFunction of(TaskShipper shipper, Path file) {
        return Program.of(file).language() == Program.Language.PYTHON
                ? new PreparedFunction(file.toString(), null, PythonProgram.function(file))
                : new PreparedFunction(file.toString(), release -> shipper.fileFunction(file, release), null);
    }

    /** Has it ready for workers of a Java release, if it is for JVM workers. */
    void prepare(int release) {
        if (java != null) {
            PreparedTask unused = java(release);
        }
    }

    /** For workers of a Java release; prepared when that is seen first. Refuses if it is in another language. */
    PreparedTask java(int release) {
        if (java == null) {
            throw JavaTasks.refused(what);
        }
        return byRelease.computeIfAbsent(release, java::apply);
    }

    /** For Python workers. Refuses if it is in another language. */
    Tuple python() {
        if (python == null) {
            throw PythonTasks.refused(what);
        }
        return python;
    }
}
