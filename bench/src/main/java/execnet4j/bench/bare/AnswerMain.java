package execnet4j.bench.bare;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** The least that a worker can do: answers what it reads. */
public final class AnswerMain {
    private AnswerMain() {}

    /**
     * Answers.
     *
     * @param args none
     * @throws IOException if the pipes break
     */
    public static void main(String[] args) throws IOException {
        try (FileInputStream in = new FileInputStream(FileDescriptor.in);
                FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            byte[] line = new byte[256];
            for (int length = in.read(line); length > 0; length = in.read(line)) {
                out.write(line, 0, length);
            }
        }
    }
}
