package execnet4j.error;

import java.util.List;
import java.util.OptionalInt;

/**
 * What is known of a worker process that did not start or is gone.
 *
 * @param host where it ran: {@code localhost} or the host's name
 * @param command the command that started it, all of it, a word an element
 * @param shortCommand the part of it that a user would recognise, for messages
 * @param exitStatus the exit status of that command, empty while it is not known to have ended
 * @param lastErrorLines the last lines it wrote to its standard error (at most 20), each harmless to show; empty if none
 */
public record WorkerDiagnosis(
        String host, List<String> command, String shortCommand, OptionalInt exitStatus, List<String> lastErrorLines) {
    /**
     * Copies the lists.
     *
     * @param host where it ran
     * @param command the command, a word an element
     * @param shortCommand the part of it for messages
     * @param exitStatus its exit status, empty while it is not known to have ended
     * @param lastErrorLines the last lines of its standard error
     */
    public WorkerDiagnosis {
        command = List.copyOf(command);
        lastErrorLines = List.copyOf(lastErrorLines);
    }

    /**
     * All of it as text over several lines, for the message of an exception.
     *
     * @return the exit status in words, host, command and last error lines
     */
    public String describe() {
        StringBuilder text = new StringBuilder();
        text.append("  status: ").append(statusInWords());
        text.append("\n  host: ").append(host);
        text.append("\n  command: ").append(shortCommand);
        if (!lastErrorLines.isEmpty()) {
            text.append("\n  last lines of its standard error:");
            lastErrorLines.forEach(line -> text.append("\n    ").append(line));
        }
        return text.toString();
    }

    /**
     * The exit status in words. A shell and the JVM report a death by signal as 128 plus the signal's number, which a
     * program may also return by itself: hence "probably".
     *
     * @return such as {@code exit 3}, {@code exit 137 (probably signal 9)} or {@code still running or unknown}
     */
    public String statusInWords() {
        if (exitStatus.isEmpty()) {
            return "still running or unknown";
        }
        int status = exitStatus.getAsInt();
        return status > 128 && status <= 128 + 64
                ? "exit " + status + " (probably signal " + (status - 128) + ")"
                : "exit " + status;
    }
}
