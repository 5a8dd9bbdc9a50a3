package execnet4j.foreign;

import execnet4j.channel.RemoteTask;
import execnet4j.error.TaskCompileException;
import execnet4j.protocol.SourceOrder;
import execnet4j.ship.LocalSource;
import execnet4j.worker.ForeignTasks;

/**
 * The tasks of a master with plain execnet: Java source, and what execnet does by sending Python source of its own, which
 * is done here in Java. Safe for threads.
 */
public final class StockTasks implements ForeignTasks {
    private static final String NOT_PYTHON = "this worker runs Java source, and this looks like Python;"
            + " name a Python in the spec, such as python=python3, for one that runs it";

    private static final String COMPILER = "jdk.compiler";

    /** Loaded only where there is a compiler: its classes name those of the module {@code java.compiler}. */
    private static final class Compiling {
        static final LocalSource JAVA = new LocalSource();
    }

    /** Found by the service loader. */
    public StockTasks() {}

    @Override
    public RemoteTask of(SourceOrder order) {
        if (StockTexts.asksForInfo(order)) {
            return new StockInfo();
        }
        if (StockTexts.setsUp(order)) {
            return new StockSetUp();
        }
        if (StockTexts.startsProxy(order)) {
            return new StockProxy();
        }
        if (PythonText.isCertain(order)) {
            throw new TaskCompileException(NOT_PYTHON, 0, 0);
        }
        if (ModuleLayer.boot().findModule(COMPILER).isEmpty()) {
            throw new UnsupportedOperationException("this worker compiles Java source itself, and the Java in "
                    + System.getProperty("java.home") + " has no compiler; have it run by a JDK, with"
                    + " python=env JAVA_HOME=/path/to/jdk " + Launcher.path());
        }
        try {
            return Compiling.JAVA.task(order.text());
        } catch (TaskCompileException e) {
            if (PythonText.isLikely(order.text())) {
                throw new TaskCompileException(
                        NOT_PYTHON + ". Taken for Java it does not compile:\n" + e.getMessage(), e.line(), e.column());
            }
            throw e;
        }
    }
}
