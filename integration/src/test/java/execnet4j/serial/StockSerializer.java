package execnet4j.serial;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.stock.StockPython;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

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
        return new StockSerializer(new ProcessBuilder(StockPython.any().command(), "-c", PROGRAM)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
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
