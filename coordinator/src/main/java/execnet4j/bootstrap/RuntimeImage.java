package execnet4j.bootstrap;

import execnet4j.text.HarmlessText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a Java runtime of the JDK that runs this program: Java SE without {@code java.desktop}, and little more. */
final class RuntimeImage {
    private static final List<String> MODULES = List.of(
            "java.compiler",
            "java.instrument",
            "java.logging",
            "java.management",
            "java.management.rmi",
            "java.naming",
            "java.net.http",
            "java.prefs",
            "java.rmi",
            "java.scripting",
            "java.security.jgss",
            "java.security.sasl",
            "java.sql",
            "java.sql.rowset",
            "java.transaction.xa",
            "java.xml",
            "java.xml.crypto",
            // keys of elliptic curves for TLS, before Java 22
            "jdk.crypto.ec",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    private static final int NAME_BYTES = 16;

    private RuntimeImage() {}

    /** Makes one and packs it, in a folder for that; the archive is in it, too. Takes some seconds. */
    static Path make(Path work, Consumer<String> output) throws IOException {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IOException("the Java that runs this program, " + System.getProperty("java.home")
                        + ", has no jlink; run it with a JDK, or install a Java on the other host"));
        output.accept("execnet4j: making a Java runtime for java=ship, once");
        Path image = work.resolve("image");
        link(jlink, image);
        // So that its JVMs start faster; they do without if this fails.
        run(image.resolve("bin/java").toString(), "-Xshare:dump");
        Path archive = work.resolve("packed");
        String failure = run("tar", "-C", image.toString(), "-czf", archive.toString(), ".");
        if (failure != null) {
            throw new IOException("tar could not pack it: " + failure);
        }
        return archive;
    }

    private static void link(ToolProvider jlink, Path image) throws IOException {
        String modules = Stream.concat(Stream.of("java.base"), MODULES.stream())
                .filter(name -> ModuleFinder.ofSystem().find(name).isPresent())
                .collect(Collectors.joining(","));
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said, true);
        int status = jlink.run(
                writer,
                writer,
                "--add-modules",
                modules,
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                image.toString());
        if (status != 0) {
            throw new IOException(
                    "jlink failed: " + HarmlessText.inShort(said.toString().strip()));
        }
    }

    /** Null if all went well, else what it said. */
    private static @Nullable String run(String... command) throws IOException {
        Process process = new ProcessBuilder(Arrays.asList(command))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return process.waitFor() == 0 ? null : HarmlessText.inShort(said.strip());
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Another JDK, or other modules, give another name. */
    static String name() {
        String made = String.join(
                "\n",
                System.getProperty("java.home", ""),
                System.getProperty("java.vm.vendor", ""),
                System.getProperty("java.runtime.version", ""),
                System.getProperty("os.arch", ""),
                MODULES.toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(made.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
