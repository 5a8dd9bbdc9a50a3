package execnet4j.bench.bare;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** Sends every message back, over the bare descriptors. */
public final class EchoMain {
    /** As long as a small value is with its frame around it. */
    static final int MESSAGE_BYTES = 15;

    private EchoMain() {}

    /**
     * Serves until standard input ends.
     *
     * @param args none
     * @throws IOException if the pipes break
     */
    public static void main(String[] args) throws IOException {
        try (FileInputStream in = new FileInputStream(FileDescriptor.in);
                FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            byte[] message = new byte[MESSAGE_BYTES];
            while (in.readNBytes(message, 0, MESSAGE_BYTES) == MESSAGE_BYTES) {
                out.write(message);
            }
        }
    }
}
