package execnet4j.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a server's certificate must be, by the SHA-256 of its DER form: neither its name nor who signed it matters then.
 *
 * @param text {@code sha256:} and 64 small hexadecimal digits
 */
public record Pin(String text) {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int MAX_FILE_BYTES = 4096;

    /**
     * Checks the form.
     *
     * @param text {@code sha256:} and 64 hexadecimal digits, perhaps with colons between them
     * @throws IllegalArgumentException if it is not of that form
     */
    public Pin {
        text = normal(text);
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a pin is sha256: and 64 hexadecimal digits, as the server prints it");
        }
    }

    /** As {@code openssl x509 -fingerprint -sha256} writes the digits, too. */
    private static String normal(String text) {
        String small = text.strip().toLowerCase(Locale.ROOT);
        return small.startsWith("sha256:")
                ? "sha256:" + small.substring("sha256:".length()).replace(":", "")
                : small;
    }

    /**
     * Reads a pin.
     *
     * @param textOrFile its text, or the name of a file that holds nothing else
     * @return the pin
     * @throws IOException if there is no such file, or no pin in it; the message is for users
     */
    public static Pin of(String textOrFile) throws IOException {
        if (textOrFile.startsWith("sha256:")) {
            return checked(textOrFile, "");
        }
        Path file = Path.of(textOrFile);
        if (!Files.isReadable(file)) {
            throw new IOException("there is no file " + file + " that can be read, nor is that a pin (sha256:...)");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return checked(new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.US_ASCII), file + ": ");
        }
    }

    private static Pin checked(String text, String where) throws IOException {
        try {
            return new Pin(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(where + e.getMessage(), e);
        }
    }

    static Pin of(Certificate certificate) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return new Pin("sha256:" + HexFormat.of().formatHex(hash));
    }

    /** Such as {@code sha256:0123...}. */
    @Override
    public String toString() {
        return text;
    }
}
