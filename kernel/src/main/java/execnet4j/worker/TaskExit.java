package execnet4j.worker;

/**
 * What a call of {@code System.exit} becomes in shipped classes: the error of the task that made it. An {@link Error}, so that
 * a task's own {@code catch (Exception e)} does not take it for something to carry on after.
 */
public final class TaskExit extends Error {
    private static final long serialVersionUID = 1L;

    private TaskExit(int status) {
        super("System.exit(" + status + ") called in a task");
    }

    /**
     * Stands in for {@link System#exit(int)}.
     *
     * @param status what the task wanted its process to end with
     */
    @SuppressWarnings("DoNotCallSuggester") // rewritten calls are its only callers
    public static void exit(int status) {
        throw new TaskExit(status);
    }
}
