package execnet4j.protocol;

/** How much code may be asked for and be on its way at once, on one gateway. Both ends keep to it. */
public final class CodeTraffic {
    /** So many requests may wait for their answers; a worker that asks for more breaks the protocol. */
    public static final int MAX_PENDING = 64;

    /** So many bytes a class file or resource may have. */
    public static final int MAX_ANSWER_BYTES = 64 << 20;

    /**
     * So many answers are made at once; the next is begun when one of them is queued for writing, and that waits for room.
     * What is in memory on its way is therefore at most this many answers, and what the writer holds.
     */
    public static final int ANSWERS_AT_ONCE = 2;

    private CodeTraffic() {}
}
