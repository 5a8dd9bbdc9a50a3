package execnet4j.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The compiler of this JDK, with this process's class path unless the options say otherwise. */
final class JavacRun {
    private JavacRun() {}

    static void compile(Path target, Path... sources) {
        compile(target, List.of("-cp", System.getProperty("java.class.path")), sources);
    }

    static void compile(Path target, List<String> options, Path... sources) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-proc:none", "-d", target.toString()));
        Stream.of(sources).map(Path::toString).forEach(arguments::add);
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError("javac " + arguments + ": " + status);
        }
    }
}
