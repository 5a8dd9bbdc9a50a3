package execnet4j.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that both ends of a connection have. It is never sent: each proves that it has it, by a keyed hash (HMAC-SHA-256)
 * of what was said.
 */
public final class Token {
    /** The environment variable that can hold one. */
    public static final String VARIABLE = "EXECNET4J_TOKEN";

    /** The environment variable that can name its file. */
    public static final String FILE_VARIABLE = VARIABLE + "_FILE";

    /** Whoever hears a proof can try tokens at leisure: short ones would be found. */
    public static final int MIN_CHARS = 16;

    private static final int MAX_CHARS = 1024;
    private static final int FRESH_BYTES = 32;
    private static final Set<PosixFilePermission> FOR_OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> OWNERS_ALONE = PosixFilePermissions.fromString("rw-------");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] secret;

    private Token(byte[] secret) {
        this.secret = secret;
    }

    /**
     * A token given as text.
     *
     * @param text 16 to 1024 characters without the blanks and line ends around them
     * @return the token
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public static Token of(String text) {
        String stripped = text.strip();
        if (stripped.length() < MIN_CHARS || stripped.length() > MAX_CHARS) {
            throw new IllegalArgumentException(
                    "a token has " + MIN_CHARS + " to " + MAX_CHARS + " characters; 'openssl rand -hex 32' makes one");
        }
        return new Token(stripped.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a token.
     *
     * @param file holds nothing else; nobody but its owner may read it
     * @return the token
     * @throws IOException if it cannot be read, holds no token, or can be read by others; the message is for users
     */
    public static Token ofFile(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("there is no file " + file + " that can be read");
        }
        for (PosixFilePermission each : Files.getPosixFilePermissions(file)) {
            if (FOR_OTHERS.contains(each)) {
                throw new IOException("others may read the token in " + file + "; 'chmod 600' the file");
            }
        }
        try (InputStream in = Files.newInputStream(file)) {
            return of(new String(in.readNBytes(4 * MAX_CHARS), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The one that is kept in a folder; made there if there is none.
     *
     * @param folder is made unless it is there; nobody but its owner may enter it
     * @return the token's file
     * @throws IOException if it cannot be made, or others may enter the folder; the message is for users
     */
    public static Path fileKeptIn(Path folder) throws IOException {
        PrivateFolder.make(folder);
        Path file = folder.resolve("token");
        if (!Files.exists(file)) {
            Path made =
                    Files.createTempFile(folder, "token", ".new", PosixFilePermissions.asFileAttribute(OWNERS_ALONE));
            try {
                Files.writeString(made, fresh() + "\n");
                Files.createLink(file, made);
            } catch (FileAlreadyExistsException e) {
                // Another process was sooner.
            } finally {
                Files.delete(made);
            }
        }
        return file;
    }

    /**
     * A new one.
     *
     * @return 64 characters that nobody can guess
     */
    public static String fresh() {
        return random(FRESH_BYTES);
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Shows to whoever has the token that this end has it, too; as hexadecimal digits. */
    String proof(String... said) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            for (String each : said) {
                mac.update((each + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
