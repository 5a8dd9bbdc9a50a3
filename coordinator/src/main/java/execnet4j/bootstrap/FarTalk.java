package execnet4j.bootstrap;

import execnet4j.error.GatewayStartException.Stage;
import execnet4j.text.HarmlessText;
import execnet4j.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What is said with a {@link FarProgram} before the worker's own first words: it gets the kernel if it needs it, and tells
 * what went wrong, or that it starts the worker. What anything else writes meanwhile, as the login does of a shell that
 * prints, goes to where the worker's output goes.
 */
final class FarTalk {
    /** A line that is longer goes out in pieces. */
    private static final int MAX_LINE_BYTES = 1 << 16;

    private static final String RUN = "run ";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private final Transport transport;
    private final FarProgram program;
    private final Consumer<String> output;
    private final JarSendings sendings;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile Stage stage = Stage.CONNECT;
    private volatile String openLine = "";
    private volatile String worker = "";

    FarTalk(Transport transport, FarProgram program, String place, Consumer<String> output) {
        this.transport = transport;
        this.program = program;
        this.output = output;
        this.sendings = new JarSendings(place);
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
            sendings.done();
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
        switch (told) {
            case "need alone" -> sendJar();
            case "need shared" -> {
                if (sendings.claim()) {
                    sendJar();
                } else {
                    say("look\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
            default -> throw failure(told);
        }
    }

    private void sendJar() throws IOException {
        say("jar\n".getBytes(StandardCharsets.US_ASCII));
        say(KernelJar.current().content());
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
