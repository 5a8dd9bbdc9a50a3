package execnet4j.ship;

import execnet4j.worker.TaskExit;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.objectweb.asm.ClassReader;

/**
 * Makes {@code System.exit(int)} in a shipped class a call of {@link TaskExit#exit}. Calls and method references alike name
 * the method by one entry of the constant pool, so only that entry is turned to another class; the code stays as it is.
 */
final class ExitRedirect {
    private static final int METHODREF = 10;
    private static final int POOL_COUNT_AT = 8;
    private static final int POOL_AT = 10;
    private static final int MOST_ENTRIES = 0xFFFF;
    private static final String TARGET = TaskExit.class.getName().replace('.', '/');

    private ExitRedirect() {}

    /** The same array if there is no such call in it. */
    static byte[] apply(byte[] classFile) {
        ClassReader reader = new ClassReader(ClassVersion.patched(classFile, ClassFacts.READ_AS));
        int exit = exitMethod(reader);
        int count = reader.getItemCount();
        if (exit == 0 || count + 2 > MOST_ENTRIES) {
            return classFile;
        }
        byte[] edited = classFile.clone();
        putShort(edited, POOL_COUNT_AT, count + 2);
        // The entries added at the pool's end: the class, then its name.
        putShort(edited, reader.getItem(exit), count);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(edited.length + 64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(edited, 0, reader.header);
            out.writeByte(7);
            out.writeShort(count + 1);
            out.writeByte(1);
            out.writeUTF(TARGET);
            out.write(edited, reader.header, edited.length - reader.header);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static int exitMethod(ClassReader reader) {
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            if (item > POOL_AT && reader.readByte(item - 1) == METHODREF) {
                int nameAndType = reader.getItem(reader.readUnsignedShort(item + 2));
                if ("java/lang/System".equals(reader.readClass(item, buffer))
                        && "exit".equals(reader.readUTF8(nameAndType, buffer))
                        && "(I)V".equals(reader.readUTF8(nameAndType + 2, buffer))) {
                    return i;
                }
            }
        }
        return 0;
    }

    private static void putShort(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) (value >>> 8);
        bytes[offset + 1] = (byte) value;
    }
}
