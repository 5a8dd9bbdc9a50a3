package execnet4j.link;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server's key and certificate, by which its clients know it. */
public final class Identity {
    /** The folder protects the key; what would protect this word would lie beside it. */
    private static final String PASSWORD = "execnet4j";

    private static final long KEYTOOL_SECONDS = 60;

    private final SSLContext context;
    private final Pin pin;

    private Identity(SSLContext context, Pin pin) {
        this.context = context;
        this.pin = pin;
    }

    /**
     * One of a file.
     *
     * @param file a PKCS#12 key store with one key
     * @param password of the store and the key
     * @return the identity
     * @throws IOException if it cannot be read, or the password is wrong; the message is for users
     */
    public static Identity ofFile(Path file, String password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password.toCharArray());
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), null, null);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return new Identity(context, Pin.of(store.getCertificate(alias)));
                }
            }
            throw new KeyStoreException("it has no key");
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(file + " cannot be used as a key store: " + e.getMessage(), e);
        }
    }

    /**
     * The one that is kept in a folder; made there with the Java runtime's {@code keytool} if there is none, self-signed,
     * valid for a hundred years.
     *
     * @param folder is made unless it is there; nobody but its owner may enter it
     * @return the identity
     * @throws IOException if it cannot be made or read, or others may enter the folder; the message is for users
     */
    public static Identity keptIn(Path folder) throws IOException {
        PrivateFolder.make(folder);
        Path file = folder.resolve("identity.p12");
        if (!Files.exists(file)) {
            make(folder, file);
        }
        return ofFile(file, PASSWORD);
    }

    /** Of several that make one at the same time the first has its way. */
    private static void make(Path folder, Path file) throws IOException {
        Path scratch = Files.createTempDirectory(
                folder, "new", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path made = scratch.resolve("identity.p12");
        try {
            run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "execnet4j",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=execnet4j",
                    "-validity",
                    "36500",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    made.toString()));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException e) {
            // Another server was sooner.
        } finally {
            Files.deleteIfExists(made);
            Files.delete(scratch);
        }
    }

    private static void run(List<String> keytool) throws IOException {
        Process process = new ProcessBuilder(keytool)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("no certificate could be made by: " + String.join(" ", keytool));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a certificate was being made", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * By what clients know it.
     *
     * @return of the certificate
     */
    public Pin pin() {
        return pin;
    }

    /** The server's end of TLS 1.3; the first read or write begins it. */
    SSLSocket over(Socket accepted) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
        socket.setUseClientMode(false);
        socket.setEnabledProtocols(PinnedTls.PROTOCOLS);
        return socket;
    }
}
