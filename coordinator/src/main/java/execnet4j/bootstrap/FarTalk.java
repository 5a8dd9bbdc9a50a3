package execnet4j.bootstrap;

import execnet4j.error.GatewayStartException.Stage;
import execnet4j.text.HarmlessText;
import execnet4j.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said with a {@link FarProgram} before the worker's own first words: it gets the kernel if it needs it, and tells
 * what went wrong, or that it starts the worker. What anything else writes meanwhile, as the login does of a shell that
 * prints, goes to where the worker's output goes.
 */
final class FarTalk {
    /** A line that is longer goes out in pieces. */
    private static final int MAX_LINE_BYTES = 1 << 16;

    private static final int PIECE_BYTES = 1 << 18;
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final String RUN = "run ";
    private static final Pattern NEED = Pattern.compile("need (jar|runtime) (alone|shared)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private final Transport transport;
    private final FarProgram program;
    private final Consumer<String> output;
    private final @Nullable ShippedRuntime runtime;
    private final JarSendings jarSendings;
    private final JarSendings runtimeSendings;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile Stage stage = Stage.CONNECT;
    private volatile String openLine = "";
    private volatile String worker = "";

    FarTalk(
            Transport transport,
            FarProgram program,
            @Nullable ShippedRuntime runtime,
            String place,
            Consumer<String> output) {
        this.transport = transport;
        this.program = program;
        this.runtime = runtime;
        this.output = output;
        this.jarSendings = new JarSendings(place);
        this.runtimeSendings = new JarSendings("runtime " + place);
    }

    /** Until the worker is being started. Blocks; whoever is tired of it ends the transport. */
    void toTheWorker() throws IOException, FarFailure {
        try {
            say(program.text().getBytes(StandardCharsets.UTF_8));
            String told = told();
            while (!told.startsWith(RUN)) {
                stage = Stage.TRANSFER;
                answer(told);
                told = told();
            }
            String number = told.substring(RUN.length());
            if (!NUMBER.matcher(number).matches()) {
                throw failure(told);
            }
            worker = number;
            stage = Stage.HANDSHAKE;
        } finally {
            jarSendings.done();
            runtimeSendings.done();
        }
    }

    /** The number of the worker's process there; empty before it is being started. */
    String worker() {
        return worker;
    }

    /** What the worker has in its environment, and nobody else. */
    String mark() {
        return program.mark();
    }

    /** How far it has come. */
    Stage stage() {
        return stage;
    }

    /** It has gone on for too long, or has broken. */
    FarFailure stuck(String what) {
        String asked = openLine.isBlank() ? "" : "; the last it wrote is \"" + HarmlessText.inShort(openLine) + '"';
        return new FarFailure(stage, what + asked);
    }

    private void answer(String told) throws IOException, FarFailure {
        Matcher need = NEED.matcher(told);
        ShippedRuntime shipped = runtime;
        if (!need.matches() || (shipped == null && need.group(1).equals("runtime"))) {
            throw failure(told);
        }
        boolean jar = need.group(1).equals("jar");
        if (need.group(2).equals("shared") && !(jar ? jarSendings : runtimeSendings).claim()) {
            say("look\n".getBytes(StandardCharsets.US_ASCII));
        } else if (jar || shipped == null) {
            sendJar();
        } else {
            sendRuntime(shipped);
        }
    }

    private void sendJar() throws IOException {
        say("jar\n".getBytes(StandardCharsets.US_ASCII));
        say(KernelJar.current().content());
    }

    /** It takes a while: tells how far it has come. */
    private void sendRuntime(ShippedRuntime shipped) throws IOException {
        say("runtime\n".getBytes(StandardCharsets.US_ASCII));
        output.accept("execnet4j: sending a Java runtime of " + megabytes(shipped.size()) + " MB, once");
        long told = System.nanoTime();
        long sent = 0;
        try (InputStream in = Files.newInputStream(shipped.file())) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
                say(Arrays.copyOf(piece, got));
                sent += got;
                if (System.nanoTime() - told > PROGRESS_NANOS) {
                    told = System.nanoTime();
                    output.accept("execnet4j: " + megabytes(sent) + " of " + megabytes(shipped.size()) + " MB sent");
                }
            }
        }
    }

    private static long megabytes(long bytes) {
        return (bytes + 500_000) / 1_000_000;
    }

    private static FarFailure failure(String told) {
        String[] words = told.split(" ", 3);
        for (Stage known : Stage.values()) {
            if (words.length == 3
                    && words[0].equals("fail")
                    && words[1].equals(known.name().toLowerCase(Locale.ROOT))) {
                return new FarFailure(known, HarmlessText.inShort(words[2]));
            }
        }
        return new FarFailure(Stage.HANDSHAKE, "it said what is not understood: " + HarmlessText.inShort(told));
    }

    /** An end while this is being said shows when its answer is read. */
    private void say(byte[] bytes) {
        try {
            OutputStream out = transport.output();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            // It does not listen. What it says in place of an answer, if anything, tells more than that.
        }
    }

    /** The rest of the next line with the mark in it. */
    private String told() throws IOException, FarFailure {
        InputStream in = transport.input();
        for (int each = in.read(); each >= 0; each = in.read()) {
            if (each != '\n') {
                line.write(each);
            }
            if (each == '\n' || line.size() >= MAX_LINE_BYTES) {
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                openLine = "";
                int mark = text.indexOf(program.mark() + " ");
                if (mark >= 0) {
                    print(text.substring(0, mark));
                    return text.substring(mark + program.mark().length() + 1);
                }
                print(text);
            } else if (in.available() == 0) {
                openLine = line.toString(StandardCharsets.UTF_8);
            }
        }
        print(line.toString(StandardCharsets.UTF_8));
        throw new FarFailure(stage, "it ended before the worker was started");
    }

    private void print(String text) {
        String whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (!whole.isEmpty()) {
            output.accept(whole);
        }
    }
}
