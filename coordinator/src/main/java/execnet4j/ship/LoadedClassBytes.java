package execnet4j.ship;

import execnet4j.protocol.CodeNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The class files of a running program, by way of the loader that it has its classes from; named modules included. */
final class LoadedClassBytes implements ClassBytes {
    private final ClassLoader loader;

    LoadedClassBytes(@Nullable ClassLoader loader) {
        this.loader = loader == null ? ClassLoader.getSystemClassLoader() : loader;
    }

    @Override
    public byte @Nullable [] of(String binaryName) {
        String file = CodeNames.classFile(binaryName);
        try (InputStream in = loader.getResourceAsStream(file)) {
            return in == null ? ofLoaded(binaryName, file) : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the class file of " + binaryName + " cannot be read", e);
        }
    }

    /** A loader of a module layer finds classes of other modules, but not their files: those the module itself gives. */
    private byte @Nullable [] ofLoaded(String binaryName, String file) throws IOException {
        Class<?> found;
        try {
            found = Class.forName(binaryName, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
        try (InputStream in = found.getModule().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException(binaryName
                        + " was generated while the program ran: there is no class file of it to send to a worker");
            }
            return in.readAllBytes();
        }
    }
}
