package execnet4j.spec;

/** In which threads a worker runs its tasks: the value of the key {@code execmodel}. */
public enum ExecModel {
    /** Each task in a thread of its own; the default. */
    THREAD("thread"),
    /** One task at a time, in the worker's main thread, for code that insists on it; a second concurrent one is refused. */
    MAIN_THREAD_ONLY("main_thread_only"),
    /** Each task in a virtual thread of its own; needs a worker on Java 21 or newer, which refuses it otherwise. */
    VIRTUAL("virtual");

    private final String text;

    ExecModel(String text) {
        this.text = text;
    }

    /**
     * The name as it stands in a spec.
     *
     * @return such as {@code main_thread_only}
     */
    public String text() {
        return text;
    }
}
