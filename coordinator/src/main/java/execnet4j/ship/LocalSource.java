package execnet4j.ship;

import execnet4j.channel.RemoteTask;
import execnet4j.protocol.TaskEntry.NewInstance;
import execnet4j.protocol.TaskOrder;
import execnet4j.protocol.TaskOrder.Shape;
import execnet4j.worker.CodeRequests;
import execnet4j.worker.LoadedTask;
import execnet4j.worker.TaskLoaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Source text as tasks of this very process, which is a worker: what a text reaches is its class path, and nothing is
 * shipped. Safe for threads.
 */
public final class LocalSource {
    private final CompileCache compiler = new CompileCache(new SourceCompiler(TaskClassPath.ofApplication()::files));
    private final TaskLoaders loaders = new TaskLoaders(LocalSource.class.getClassLoader(), CodeRequests.NONE);

    /** Compiles against the class path of this process. */
    public LocalSource() {}

    /**
     * Compiles statements, which may start with imports, with the variable {@code channel}.
     *
     * @param text the statements
     * @return the task, to be run once
     * @throws execnet4j.error.TaskCompileException if it does not compile, with positions in the text
     * @throws IllegalStateException if this Java runtime has no compiler
     */
    public RemoteTask task(String text) {
        int release = Runtime.version().feature();
        Map<String, byte[]> once = new LinkedHashMap<>();
        compiler.compile(StatementText.source(text), release)
                .forEach((name, classFile) -> once.put(name, ExitRedirect.apply(classFile)));
        NewInstance entry = new NewInstance(StatementText.className(text), List.of());
        LoadedTask loaded = loaders.accept(new TaskOrder(Map.of(), Map.of(), once, entry, Shape.TASK));
        return channel -> {
            try (loaded) {
                loaded.run(channel);
            }
        };
    }
}
