package execnet4j.protocol;

import java.io.File;
import java.io.IOException;

/**
 * What the system knows of this process. Where there is {@code /proc} (Linux) it is asked there: the first
 * {@link ProcessHandle} of a process takes some milliseconds of a worker's start.
 *
 * @param pid its process id
 * @param program the file that it runs
 */
record ThisProcess(long pid, String program) {
    private static final String SELF = "/proc/self";
    private static final String PROGRAM = "/exe";

    static ThisProcess find() {
        try {
            String name = new File(SELF).getCanonicalFile().getName();
            String program = new File(SELF + PROGRAM).getCanonicalPath();
            if (isNumber(name) && !program.endsWith(PROGRAM)) {
                return new ThisProcess(Long.parseLong(name), program);
            }
        } catch (IOException e) {
            // There is none, or not all of it.
        }
        ProcessHandle self = ProcessHandle.current();
        return new ThisProcess(self.pid(), self.info().command().orElse(System.getProperty("java.home") + "/bin/java"));
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
