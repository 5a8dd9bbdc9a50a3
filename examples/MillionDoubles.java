import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Sends a million doubles to a Python, which doubles them and sends them back: over a channel, and as JSON over a pipe. Uses
 * numpy if the Python has it. {@code docs/python.md} says how to run it.
 */
public final class MillionDoubles {
    private static final String OVER_A_CHANNEL = """
            try:
                import numpy
            except ImportError:
                numpy = None
            for numbers in channel:
                if numpy:
                    result = numpy.frombuffer(numbers) * 2  # wraps what came; nothing is copied
                else:
                    result = type(numbers)('d', [2 * each for each in numbers])
                channel.send(result)
            """;

    private static final String OVER_A_PIPE = """
            import json, sys
            try:
                import numpy
            except ImportError:
                numpy = None
            for line in sys.stdin:
                numbers = json.loads(line)
                result = (numpy.array(numbers) * 2).tolist() if numpy else [2 * each for each in numbers]
                print(json.dumps(result), flush=True)
            """;

    private MillionDoubles() {}

    private interface Doubler {
        double[] doubled(double[] numbers) throws IOException;
    }

    /**
     * Measures both.
     *
     * @param args the Python, if not {@code python3}, and the number of rounds, if not 15
     * @throws IOException if the pipe fails
     */
    public static void main(String[] args) throws IOException {
        String python = args.length == 0 ? "python3" : args[0];
        int rounds = args.length < 2 ? 15 : Integer.parseInt(args[1]);
        double[] numbers = new double[1_000_000];
        Arrays.setAll(numbers, i -> Math.sqrt(i) / 3);
        try (Group group = Group.start("popen//python=" + python)) {
            Gateway gateway = group.get(0);
            Channel channel = gateway.remoteExec(OVER_A_CHANNEL);
            report("over a channel", rounds, numbers, values -> {
                channel.send(values);
                return channel.receive(double[].class);
            });
        }
        Process process = new ProcessBuilder(python, "-c", OVER_A_PIPE)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Writer to = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
                BufferedReader from = new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            report("as JSON over a pipe", rounds, numbers, values -> {
                to.write(json(values));
                to.flush();
                return numbers(from.readLine());
            });
        }
    }

    private static String json(double[] values) {
        StringBuilder line = new StringBuilder(values.length * 20).append('[');
        for (double each : values) {
            line.append(each).append(',');
        }
        line.setCharAt(line.length() - 1, ']');
        return line.append('\n').toString();
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.substring(1, line.length() - 1).split(", "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static void report(String how, int rounds, double[] numbers, Doubler doubler) throws IOException {
        long[] nanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            double[] result = doubler.doubled(numbers);
            nanos[i] = System.nanoTime() - begin;
            if (result.length != numbers.length || result[999_999] != 2 * numbers[999_999]) {
                throw new IllegalStateException("a wrong result");
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-20s %7.1f ms there and back (median of %d, fastest %.1f ms)%n",
                how,
                nanos[rounds / 2] / 1e6,
                rounds,
                nanos[0] / 1e6);
    }
}
