package execnet4j.foreign;

/** The script {@code execnet4j-worker} that this worker was started by. */
final class Launcher {
    /** Names it; set by itself. */
    static final String PROPERTY = "execnet4j.launcher";

    private Launcher() {}

    /** Its path, or the name by which it should be found. */
    static String path() {
        return System.getProperty(PROPERTY, "execnet4j-worker");
    }
}
