package execnet4j.ship;

import execnet4j.protocol.CodeNames;
import execnet4j.protocol.TaskEntry;
import execnet4j.protocol.TaskEntry.NewInstance;
import execnet4j.protocol.TaskOrder.Shape;
import execnet4j.ship.Reference.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Prepares tasks that are given as source: text or files. */
final class SourceTasks {
    private final TaskClassPath classPath;
    private final CompileCache compiler;

    SourceTasks(TaskClassPath classPath) {
        this.classPath = classPath;
        this.compiler = new CompileCache(new SourceCompiler(classPath::files));
    }

    /** Statements: their own classes are used once, what they reach in the task class path is kept. */
    PreparedTask text(String text, int release) {
        Map<String, byte[]> compiled = compiler.compile(StatementText.source(text), release);
        Map<String, byte[]> reached = reached(compiled);
        Map<String, byte[]> once = new LinkedHashMap<>();
        compiled.forEach((name, classFile) -> once.put(name, ExitRedirect.apply(classFile)));
        reached.keySet().removeAll(compiled.keySet());
        ShippedCode kept = new ShippedCode(reached).requireRelease(release);
        return new PreparedTask(kept, once, new NewInstance(StatementText.className(text), List.of()), Shape.TASK);
    }

    /** A file, its entry found by the function. */
    PreparedTask file(Path file, int release, Shape shape, Function<JavaFile, TaskEntry> entry) {
        String fileName = JavaFile.simpleName(file) + ".java";
        JavaSource source = JavaSource.ofFile(file.toString(), fileName, read(file));
        Map<String, byte[]> compiled = compiler.compile(source, release);
        TaskEntry begins;
        try (InspectionLoader loader = new InspectionLoader(compiled, classPath.files())) {
            begins = entry.apply(new JavaFile(file, compiled.keySet(), loader));
        } catch (IOException e) {
            throw new IllegalStateException("a class loader that only read cannot be closed", e);
        }
        ShippedCode kept = new ShippedCode(reached(compiled)).requireRelease(release);
        return new PreparedTask(kept, Map.of(), begins, shape);
    }

    private Map<String, byte[]> reached(Map<String, byte[]> compiled) {
        ClassBytes own = compiled::get;
        ClassBytes source = own.or(name -> classPath.find(CodeNames.classFile(name)));
        List<Reference> start = compiled.keySet().stream()
                .map(name -> new Reference(Kind.WHOLE, name.replace('.', '/')))
                .toList();
        return ReachableClasses.from(source, start);
    }

    private static String read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + (Files.exists(file) ? " is no file" : " does not exist"));
        }
        try {
            return Files.readString(file);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException(file + " may not be read by this user", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read as UTF-8 text: " + e, e);
        }
    }
}
