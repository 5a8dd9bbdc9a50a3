package execnet4j.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Python process that dumps and loads with stock execnet, a line for a line. */
final class StockSerializer implements AutoCloseable {
    /** Asked "dump EXPRESSION" or "load HEX EXPRESSION" it answers the payload in hex, "equal", or what went wrong. */
    private static final String PROGRAM = """
            import sys
            from execnet.gateway_base import dumps_internal, loads_internal

            def answer(command, rest):
                if command == "dump":
                    return dumps_internal(eval(rest)).hex()
                payload, expression = rest.split(" ", 1)
                loaded, expected = loads_internal(bytes.fromhex(payload)), eval(expression)
                same = type(loaded) is type(expected) and repr(loaded) == repr(expected)
                return "equal" if same else "differs: " + ascii(loaded)

            for line in sys.stdin:
                try:
                    print(answer(*line.rstrip("\\n").split(" ", 1)), flush=True)
                except Exception as error:
                    print("failed:", ascii(error), flush=True)
            """;

    private final Process process;
    private final Writer toPython;
    private final BufferedReader fromPython;

    private StockSerializer(Process process) {
        this.process = process;
        this.toPython = process.outputWriter(StandardCharsets.US_ASCII);
        this.fromPython = process.inputReader(StandardCharsets.US_ASCII);
    }

    static StockSerializer start() throws IOException {
        String python = candidates()
                .filter(StockSerializer::canImportExecnet)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no python3 on the PATH can import execnet; as root: apt-get install python3-execnet"));
        return new StockSerializer(new ProcessBuilder(python, "-c", PROGRAM)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Every python3 on the PATH, and Debian's own: python3-execnet installs for that one alone. */
    private static Stream<String> candidates() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/bin"))
                .map(folder -> Path.of(folder, "python3"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .distinct();
    }

    private static boolean canImportExecnet(String python) {
        try {
            Process process = new ProcessBuilder(python, "-c", "import execnet")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] dump(String expression) throws IOException {
        String answer = ask("dump " + expression);
        assertThat(answer).as(expression).matches("[0-9a-f]+");
        return HexFormat.of().parseHex(answer);
    }

    /** Has Python load a payload, and compare type and repr with an expression's. */
    String load(byte[] payload, String expression) throws IOException {
        return ask("load " + HexFormat.of().formatHex(payload) + " " + expression);
    }

    private String ask(String question) throws IOException {
        toPython.write(question + "\n");
        toPython.flush();
        String answer = fromPython.readLine();
        assertThat(answer).as("Python is gone after: %s", question).isNotNull();
        return answer;
    }

    @Override
    public void close() throws IOException {
        toPython.close();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
