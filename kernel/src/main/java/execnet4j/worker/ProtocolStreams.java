package execnet4j.worker;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;

/**
 * The two streams to the coordinator. The launcher has moved them to file descriptors 3 and 4 before the JVM ran, so that
 * nothing that this process, its JVM or a native library writes to descriptor 1 can get between the frames.
 *
 * <p>Where {@code java.io} is open to this class they are taken as descriptors, by reflection. Otherwise they are opened
 * again as files, {@code /dev/fd/3}: that fails for sockets, and for pipes of another user, as under {@code sudo -u}, but a
 * JVM started without {@code --add-opens} takes its modules from its archive and not from the command line, and is ready a
 * quarter sooner.
 */
final class ProtocolStreams {
    /** The launcher's choice; also in its shell script. */
    static final int INPUT = 3;

    /** The launcher's choice; also in its shell script. */
    static final int OUTPUT = 4;

    private static final String OPEN = "--add-opens=java.base/java.io=ALL-UNNAMED";

    private ProtocolStreams() {}

    static InputStream input() {
        try {
            return isOpen() ? new FileInputStream(descriptor(INPUT)) : new FileInputStream("/dev/fd/" + INPUT);
        } catch (FileNotFoundException e) {
            throw notOpened(e);
        }
    }

    static OutputStream output() {
        try {
            return isOpen() ? new FileOutputStream(descriptor(OUTPUT)) : new FileOutputStream("/dev/fd/" + OUTPUT);
        } catch (FileNotFoundException e) {
            throw notOpened(e);
        }
    }

    private static boolean isOpen() {
        return FileDescriptor.class.getModule().isOpen("java.io", ProtocolStreams.class.getModule());
    }

    private static IllegalStateException notOpened(FileNotFoundException e) {
        return new IllegalStateException(
                "the worker cannot open its pipes by name; start it with the JVM option " + OPEN, e);
    }

    private static FileDescriptor descriptor(int number) {
        FileDescriptor descriptor = new FileDescriptor();
        try {
            Field field = FileDescriptor.class.getDeclaredField("fd");
            field.setAccessible(true);
            field.setInt(descriptor, number);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a file descriptor of this Java runtime has no number that can be set", e);
        }
        return descriptor;
    }
}
