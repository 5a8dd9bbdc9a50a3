package execnet4j.bootstrap;

import execnet4j.worker.WorkerMain;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where this process has the kernel's classes from: what a local worker runs on. */
final class KernelCode {
    private KernelCode() {}

    /**
     * The kernel's jar or folder of classes.
     *
     * @throws IllegalStateException if it is neither, as within another jar
     */
    static Path path() {
        CodeSource source = WorkerMain.class.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        try {
            if (location != null && location.getProtocol().equals("file")) {
                return Path.of(location.toURI());
            }
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IllegalStateException(
                    "the execnet4j kernel was loaded from " + location + ", which is no file", e);
        }
        throw new IllegalStateException("the execnet4j kernel was loaded from " + location
                + "; a worker needs it as a jar file or a folder on the class path or module path");
    }
}
