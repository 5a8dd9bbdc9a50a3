package execnet4j.error;

/** Source text of a task does not compile. Thrown before anything is sent; positions are those of the user's own text. */
public final class TaskCompileException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    /** The line of the first error, from 1, or 0. */
    private final long line;

    /** The column of the first error, from 1, or 0. */
    private final long column;

    /**
     * Makes one.
     *
     * @param message all of the compiler's errors, each with file, line and column
     * @param line the line of the first error, from 1; 0 if the error has no place in the text
     * @param column the column of the first error, from 1; 0 if the error has no place in the text
     */
    public TaskCompileException(String message, long line, long column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /**
     * The line of the first error in the user's text.
     *
     * @return from 1; 0 if the error has no place in the text
     */
    public long line() {
        return line;
    }

    /**
     * The column of the first error in the user's text.
     *
     * @return from 1; 0 if the error has no place in the text
     */
    public long column() {
        return column;
    }
}
