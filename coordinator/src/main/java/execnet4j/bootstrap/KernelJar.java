package execnet4j.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The kernel as it travels to other hosts, which keep it under a name made of its hash. Read once, when it is first wanted. */
final class KernelJar {
    /** Any time will do, as long as it is the same in every jar of the same classes. */
    private static final LocalDateTime SOME_TIME = LocalDateTime.of(2020, 1, 1, 0, 0);

    private final byte[] content;
    private final String name;

    private KernelJar(byte[] content) {
        this.content = content;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            this.name = HexFormat.of().formatHex(hash) + ".jar";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static KernelJar current() {
        return Current.JAR;
    }

    /** Of a jar, or of a folder of classes. */
    static KernelJar of(Path code) {
        try {
            return new KernelJar(Files.isDirectory(code) ? packed(code) : Files.readAllBytes(code));
        } catch (IOException e) {
            throw new UncheckedIOException("the execnet4j kernel cannot be read from " + code, e);
        }
    }

    /** Its SHA-256 and {@code .jar}. */
    String name() {
        return name;
    }

    int size() {
        return content.length;
    }

    /** Not to be changed. */
    byte[] content() {
        return content;
    }

    private static byte[] packed(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Stream<Path> found = Files.walk(folder);
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            List<Path> files = found.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                ZipEntry entry = new ZipEntry(folder.relativize(file).toString());
                entry.setTimeLocal(SOME_TIME);
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static final class Current {
        static final KernelJar JAR = of(KernelCode.path());
    }
}
