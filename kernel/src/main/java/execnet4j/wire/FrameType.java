package execnet4j.wire;

/**
 * The kinds of frame. 0 to 7 are those of the execnet protocol; from 64 up they are extensions, sent only to a peer that
 * offered them, because an unknown type ends the receiver of a stock execnet.
 */
public final class FrameType {
    /** Asks for the worker's status; answered on the same channel id with {@link #DATA} and {@link #CLOSE}. */
    public static final byte STATUS = 0;
    /** Sets how Python 2 and Python 3 strings are read, for one channel or, on id 0, for all. */
    public static final byte RECONFIGURE = 1;
    /** Asks the worker to end. */
    public static final byte TERMINATE = 2;
    /** Starts a task that gets the channel of this id. */
    public static final byte EXEC = 3;
    /** One item of a channel. */
    public static final byte DATA = 4;
    /** The channel is closed in both directions. */
    public static final byte CLOSE = 5;
    /** As {@link #CLOSE}, with the text of an error. */
    public static final byte CLOSE_ERROR = 6;
    /** The sender will send no more items on this channel but still takes them. */
    public static final byte LAST_MESSAGE = 7;
    /** Extension: what the worker is, its first frame after an offer. */
    public static final byte HELLO = 64;
    /** Extension: more bytes may be sent on the channel of this id; the payload is an int64. */
    public static final byte CREDIT = 65;
    /** Extension: the worker asks for a class or resource by name; the id numbers the request. */
    public static final byte CLASS_REQUEST = 66;
    /** Extension: the answer to a {@link #CLASS_REQUEST} of the same id. */
    public static final byte CLASS_ANSWER = 67;
    /** Extension: says nothing but that its sender is there; on id 0, without a payload. */
    public static final byte HEARTBEAT = 68;
    /**
     * Extension: the coordinator can be met at the unix socket whose path is the payload. From a worker, without a payload: it
     * cannot go there.
     */
    public static final byte SOCKET = 69;
    /** Extension: what its sender sends after this comes over the socket. */
    public static final byte MOVED = 70;

    private static final String[] STOCK = {
        "STATUS", "RECONFIGURE", "GATEWAY_TERMINATE", "CHANNEL_EXEC",
        "CHANNEL_DATA", "CHANNEL_CLOSE", "CHANNEL_CLOSE_ERROR", "CHANNEL_LAST_MESSAGE"
    };
    private static final String[] EXTENSIONS = {
        "HELLO", "CREDIT", "CLASS_REQUEST", "CLASS_ANSWER", "HEARTBEAT", "SOCKET", "MOVED"
    };

    private FrameType() {}

    /**
     * A name for messages and traces.
     *
     * @param type any byte
     * @return the protocol's name for it, or {@code UNKNOWN(n)}
     */
    public static String name(byte type) {
        if (type >= 0 && type < STOCK.length) {
            return STOCK[type];
        }
        int extension = type - HELLO;
        return extension >= 0 && extension < EXTENSIONS.length ? EXTENSIONS[extension] : "UNKNOWN(" + type + ")";
    }
}
