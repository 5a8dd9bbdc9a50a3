package execnet4j;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Code with its language and its arguments. Immutable. */
public final class Program {
    /** What a program is written in. */
    public enum Language {
        /** For JVM workers. */
        JAVA,
        /** For Python workers. */
        PYTHON
    }

    private final Language language;
    private final @Nullable String text;
    private final @Nullable Path file;
    private final @Nullable String function;
    private final Map<String, @Nullable Object> arguments;

    private Program(
            Language language,
            @Nullable String text,
            @Nullable Path file,
            @Nullable String function,
            Map<String, @Nullable Object> arguments) {
        this.language = language;
        this.text = text;
        this.file = file;
        this.function = function;
        this.arguments = arguments;
    }

    /**
     * Java statements, which may start with imports; the channel is the variable {@code channel}.
     *
     * @param text the statements
     * @return the program
     */
    public static Program java(String text) {
        return new Program(Language.JAVA, text, null, null, Map.of());
    }

    /**
     * Python statements; the channel is the variable {@code channel}.
     *
     * @param text the statements
     * @return the program
     */
    public static Program python(String text) {
        return new Program(Language.PYTHON, text, null, null, Map.of());
    }

    /**
     * A source file; its name ends in {@code .java} or {@code .py}.
     *
     * @param file the file, read when the program is run
     * @return the program
     * @throws IllegalArgumentException if the name says no language
     */
    public static Program of(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".java")) {
            return new Program(Language.JAVA, null, file, null, Map.of());
        }
        if (name.endsWith(".py")) {
            return new Program(Language.PYTHON, null, file, null, Map.of());
        }
        throw new IllegalArgumentException(file + ": a program's file is named *.java or *.py");
    }

    /**
     * The same file with a function of it to call: its first parameter is the channel, the others are matched by name.
     *
     * @param function the function's name; in Java a static method of the class that the file is named for
     * @param arguments by parameter name: what a channel may carry
     * @return a new program
     * @throws IllegalArgumentException if this program is no file: statements have no parameters
     */
    public Program call(String function, Map<String, ? extends @Nullable Object> arguments) {
        if (file == null) {
            throw new IllegalArgumentException(
                    "only a function of a file takes arguments; use Program.of(path).call(...)");
        }
        return new Program(language, null, file, function, Collections.unmodifiableMap(new LinkedHashMap<>(arguments)));
    }

    /**
     * What it is written in.
     *
     * @return the language
     */
    public Language language() {
        return language;
    }

    /**
     * The statements.
     *
     * @return empty for a file
     */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /**
     * The file.
     *
     * @return empty for statements
     */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * The function to call.
     *
     * @return empty to run the whole file
     */
    public Optional<String> function() {
        return Optional.ofNullable(function);
    }

    /**
     * The arguments of the function.
     *
     * @return by parameter name, unmodifiable
     */
    public Map<String, @Nullable Object> arguments() {
        return arguments;
    }

    @Override
    public String toString() {
        return "<Program " + language + " " + (file != null ? file : "text") + (function == null ? "" : " " + function)
                + ">";
    }
}
