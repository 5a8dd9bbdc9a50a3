package execnet4j.link;

/**
 * What the parts are that travel between a client and the server that runs a process for it. A part is a kind (one byte), a
 * length (four, big-endian, at most {@link #MAX_BYTES}) and so many bytes.
 */
public final class PartKind {
    /** From the client: bytes for the process's standard input, as far as the server has taken what came before. */
    public static final byte INPUT = 1;

    /** From the client: the end of the process's standard input. */
    public static final byte INPUT_END = 2;

    /** From the client: the process and all that it started is to be killed. */
    public static final byte KILL = 3;

    /** From the server: bytes of the process's standard output. */
    public static final byte OUTPUT = 16;

    /** From the server: the end of the process's standard output. */
    public static final byte OUTPUT_END = 17;

    /** From the server: bytes of the process's standard error. */
    public static final byte ERRORS = 18;

    /** From the server: how many bytes of the input the process has taken; four bytes, big-endian. */
    public static final byte TAKEN = 19;

    /** From the server: the process has ended, with this status; four bytes, big-endian. The last part. */
    public static final byte EXIT = 20;

    /** From the server that came by itself, once, the first part: which {@linkplain #JAVA kind of worker} its process is. */
    public static final byte WORKER = 21;

    /** The content of {@link #WORKER} for a JVM, in ASCII. */
    public static final String JAVA = "java";

    /** The content of {@link #WORKER} for a Python, in ASCII. */
    public static final String PYTHON = "python";

    /** The longest part. */
    public static final int MAX_BYTES = 1 << 16;

    /** So much input may be on its way that the process has not taken. The server keeps it meanwhile, and reads on. */
    public static final int WINDOW = 1 << 20;

    private PartKind() {}
}
