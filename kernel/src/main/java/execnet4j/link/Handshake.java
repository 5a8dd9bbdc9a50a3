package execnet4j.link;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first words of a connection, three lines of text:
 *
 * <pre>
 * server: execnet4j-SERVICE 1 NONCE
 * client: NONCE PROOF
 * server: welcome PROOF
 * </pre>
 *
 * <p>Each proof covers both nonces, who speaks, the service and the server's certificate. So a proof is good for one
 * connection and one direction, and a server that only pretends learns nothing that it could use elsewhere. The client says
 * nothing more to a server that has not proved itself.
 */
final class Handshake {
    private static final int MAX_LINE = 200;
    private static final int NONCE_BYTES = 16;
    private static final Pattern GREETING = Pattern.compile("execnet4j-(\\w+) (\\d+) [0-9a-f]{32}");
    private static final Pattern ANSWER = Pattern.compile("([0-9a-f]{32}) ([0-9a-f]{64})");
    private static final String VERSION = "1";

    private final InputStream in;
    private final OutputStream out;
    private final Token token;
    private final String service;
    private final String certificate;

    /** The certificate is the pin's text, or empty without TLS. */
    Handshake(InputStream in, OutputStream out, Token token, String service, String certificate) {
        this.in = in;
        this.out = out;
        this.token = token;
        this.service = service;
        this.certificate = certificate;
    }

    void asServer() throws IOException {
        String greeting = "execnet4j-" + service + " " + VERSION + " " + Token.random(NONCE_BYTES);
        say(greeting);
        Matcher answer = ANSWER.matcher(line("it left without a word"));
        if (!answer.matches()) {
            throw LinkException.refused("it does not speak execnet4j's protocol");
        }
        String nonce = answer.group(1);
        if (!same(answer.group(2), token.proof("client", greeting, nonce, certificate))) {
            say("refused");
            throw LinkException.refused("it has another token");
        }
        say("welcome " + token.proof("server", greeting, nonce, certificate));
    }

    void asClient() throws IOException {
        String greeting = line("what listens there closed the connection before it said a word");
        Matcher parts = GREETING.matcher(greeting);
        if (!parts.matches()) {
            throw LinkException.refused("what listens there is no server of execnet4j");
        }
        if (!parts.group(1).equals(service) || !parts.group(2).equals(VERSION)) {
            throw LinkException.refused("what listens there is for '" + parts.group(1) + "', version " + parts.group(2)
                    + ", and '" + service + "', version " + VERSION + ", is wanted");
        }
        String nonce = Token.random(NONCE_BYTES);
        say(nonce + " " + token.proof("client", greeting, nonce, certificate));
        String answer = line("the server closed the connection instead of an answer");
        if (answer.equals("refused")) {
            throw LinkException.refused("the server has another token");
        }
        if (!same(answer, "welcome " + token.proof("server", greeting, nonce, certificate))) {
            throw LinkException.refused(
                    "what listens there does not know the token; nothing but a proof was sent to it");
        }
    }

    private static boolean same(String shown, String expected) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII));
    }

    private void say(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** One byte at a time: what follows the line is not ours to read ahead. */
    private String line(String ifNone) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new EOFException(line.size() == 0 ? ifNone : "the connection ended within a line");
            }
            if (line.size() == MAX_LINE) {
                throw LinkException.refused("its first line has no end within " + MAX_LINE + " bytes");
            }
            line.write(each);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
