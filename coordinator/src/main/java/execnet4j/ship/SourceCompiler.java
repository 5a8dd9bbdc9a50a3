package execnet4j.ship;

import execnet4j.channel.Channel;
import execnet4j.error.TaskCompileException;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles source text in this process, from memory to memory. Safe for threads. */
final class SourceCompiler {
    private final Supplier<List<Path>> classPath;

    /** Compiles against the kernel and these directories and jars, which are asked for when they are needed. */
    SourceCompiler(Supplier<List<Path>> classPath) {
        this.classPath = classPath;
    }

    private String classPath() {
        List<Path> entries = new ArrayList<>(classPath.get());
        CodeSource kernel = Channel.class.getProtectionDomain().getCodeSource();
        if (kernel != null && "file".equals(kernel.getLocation().getProtocol())) {
            entries.add(Path.of(URI.create(kernel.getLocation().toString())));
        }
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Compiles one text.
     *
     * @param release what the classes must run on; a newer one than this JDK's is taken as this JDK's
     * @return class files by binary name
     * @throws TaskCompileException if the text has errors
     * @throws IllegalStateException if this Java has no compiler
     */
    Map<String, byte[]> compile(JavaSource source, int release) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this Java runtime has no compiler: run the program with a JDK,"
                    + " or give the task as a lambda or as a class");
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> options =
                new ArrayList<>(List.of("-classpath", classPath(), "-proc:none", "-parameters", "-g", "-Xlint:none"));
        if (release < Runtime.version().feature()) {
            // Not for our own release: its description has to be unpacked first, which doubles the time.
            options.addAll(List.of("--release", String.valueOf(release)));
        }
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(diagnostics, Locale.ENGLISH, null);
                MemoryFiles files = new MemoryFiles(standard)) {
            boolean compiled = compiler.getTask(
                            new StringWriter(), files, diagnostics, options, null, List.of(new Text(source)))
                    .call();
            if (!compiled) {
                throw failure(source, diagnostics.getDiagnostics());
            }
            return files.classes();
        } catch (IOException e) {
            throw new UncheckedIOException("the compiler's files cannot be closed", e);
        }
    }

    private static TaskCompileException failure(
            JavaSource source, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        List<String> errors = new ArrayList<>();
        JavaSource.Position first = null;
        for (Diagnostic<? extends JavaFileObject> each : diagnostics) {
            if (each.getKind() == Diagnostic.Kind.ERROR) {
                JavaSource.Position position = each.getPosition() == Diagnostic.NOPOS
                        ? null
                        : source.position(source.userOffset((int) each.getPosition()));
                first = first == null ? position : first;
                errors.add(source.shown(position, each.getMessage(Locale.ENGLISH)));
            }
        }
        return new TaskCompileException(
                String.join("\n", errors), first == null ? 0 : first.line(), first == null ? 0 : first.column());
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(JavaSource source) {
            super(uri(source.traceName()), Kind.SOURCE);
            this.text = source.text();
        }

        private static URI uri(String traceName) {
            try {
                return new URI("source", null, "/" + traceName, null);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("no name for a source file: " + traceName, e);
            }
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            String name = Objects.requireNonNull(getName());
            return kind == Kind.SOURCE && name.endsWith("/" + simpleName + ".java");
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
