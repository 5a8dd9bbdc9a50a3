package execnet4j.serial;

/**
 * The instructions of the stack machine that a dumped value is a program for. Their numbers are the format: stored dumps
 * and every peer depend on them.
 */
final class Opcode {
    /** Pops n values, pushes them as a tuple; operand: n, int32. */
    static final byte BUILDTUPLE = '@';
    /** Pushes bytes; operand: a length, int32, and as many bytes. */
    static final byte BYTES = 'A';
    /** Pushes a channel; operand: its number, int32. */
    static final byte CHANNEL = 'B';
    /** Pushes false. */
    static final byte FALSE = 'C';
    /** Pushes a floating-point number; operand: an IEEE 754 double, 8 bytes. */
    static final byte FLOAT = 'D';
    /** Pops n values, pushes them as an immutable set; operand: n, int32. */
    static final byte FROZENSET = 'E';
    /** Pushes an integer; operand: int32. */
    static final byte INT = 'F';
    /** As {@link #INT}; written by Python 2 only. */
    static final byte LONG = 'G';
    /** Pushes an integer; operand: a length, int32, and as many bytes of decimal text. */
    static final byte LONGINT = 'H';
    /** As {@link #LONGINT}; written by Python 2 only. */
    static final byte LONGLONG = 'I';
    /** Pushes an empty map. */
    static final byte NEWDICT = 'J';
    /** Pushes a list of n nulls; operand: n, int32. */
    static final byte NEWLIST = 'K';
    /** Pushes null. */
    static final byte NONE = 'L';
    /** Pushes a byte string that Python 2 held for text; operand as of {@link #BYTES}. */
    static final byte PY2STRING = 'M';
    /** Pushes text; operand: a length in bytes, int32, and as many bytes of UTF-8. */
    static final byte PY3STRING = 'N';
    /** Pops n values, pushes them as a set; operand: n, int32. */
    static final byte SET = 'O';
    /** Pops a value and a key (a list's index), and puts them into the list or map that is then on top. */
    static final byte SETITEM = 'P';
    /** Ends the program; the one value on the stack is its result. */
    static final byte STOP = 'Q';
    /** Pushes true. */
    static final byte TRUE = 'R';
    /** As {@link #PY3STRING}; written by Python 2 only. */
    static final byte UNICODE = 'S';
    /** Pushes a complex number; operand: real and imaginary part, each as of {@link #FLOAT}. */
    static final byte COMPLEX = 'T';

    // The packed arrays are ours. Upper-case letters are execnet's.

    /** Pushes an array of IEEE 754 doubles; operand: a count n, int32, and n times 8 bytes, little-endian. */
    static final byte DOUBLES = 'd';
    /** Pushes an array of IEEE 754 floats; operand: a count n, int32, and n times 4 bytes, little-endian. */
    static final byte FLOATS = 'f';
    /** Pushes an array of int32; operand: a count n, int32, and n times 4 bytes, little-endian. */
    static final byte INTS = 'i';
    /** Pushes an array of int64; operand: a count n, int32, and n times 8 bytes, little-endian. */
    static final byte LONGS = 'q';

    private Opcode() {}
}
