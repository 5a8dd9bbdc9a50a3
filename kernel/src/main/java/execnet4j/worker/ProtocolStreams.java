package execnet4j.worker;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;

/**
 * The two streams to the coordinator. The launcher has moved them to file descriptors 3 and 4 before the JVM ran, so that
 * nothing that this process, its JVM or a native library writes to descriptor 1 can get between the frames.
 *
 * <p>They are taken as descriptors, not opened again as files ({@code /dev/fd/3}): that fails for sockets, and for pipes
 * of another user, as under {@code sudo -u}. Java makes a stream from a descriptor's number only by reflection, for which
 * the launcher opens {@code java.io}.
 */
final class ProtocolStreams {
    /** The launcher's choice; also in its shell script. */
    static final int INPUT = 3;

    /** The launcher's choice; also in its shell script. */
    static final int OUTPUT = 4;

    private ProtocolStreams() {}

    static InputStream input() {
        return new FileInputStream(descriptor(INPUT));
    }

    static OutputStream output() {
        return new FileOutputStream(descriptor(OUTPUT));
    }

    private static FileDescriptor descriptor(int number) {
        FileDescriptor descriptor = new FileDescriptor();
        try {
            Field field = FileDescriptor.class.getDeclaredField("fd");
            field.setAccessible(true);
            field.setInt(descriptor, number);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "a worker must be started with --add-opens=java.base/java.io=ALL-UNNAMED", e);
        }
        return descriptor;
    }
}
