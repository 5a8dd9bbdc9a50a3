package execnet4j.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * A command of this machine that leads to a shell elsewhere when its name follows as the last word.
 *
 * @param words what comes before {@code sh}; none where that alone is the command
 * @param place where it leads to, in a word for messages
 */
public record ShellCommand(List<String> words, String place) {
    static final List<Key> KEYS = List.of(Key.COMMAND, Key.DOCKER, Key.PODMAN, Key.KUBECTL);

    /**
     * Copies the list.
     *
     * @param words what comes before {@code sh}
     * @param place where it leads to
     */
    public ShellCommand {
        words = List.copyOf(words);
    }

    /** Reads the value of one of {@link #KEYS}, which has been checked. */
    static ShellCommand of(Key key, String value) {
        List<String> given = ShellWords.split(value);
        return switch (key) {
            case DOCKER, PODMAN -> inContainer(key.text(), given);
            case KUBECTL -> inPod(given);
            default -> new ShellCommand(given, given.get(0));
        };
    }

    private static ShellCommand inContainer(String tool, List<String> given) {
        List<String> words = new ArrayList<>(List.of(tool, "exec", "-i"));
        words.addAll(given);
        return new ShellCommand(words, last(given));
    }

    private static ShellCommand inPod(List<String> given) {
        List<String> words = new ArrayList<>(List.of("kubectl", "exec", "-i"));
        words.addAll(given.subList(0, given.size() - 1));
        String pod = last(given);
        int slash = pod.lastIndexOf('/');
        words.add(slash < 0 ? pod : pod.substring(0, slash));
        if (slash >= 0) {
            words.addAll(List.of("-c", pod.substring(slash + 1)));
        }
        words.add("--");
        return new ShellCommand(words, pod);
    }

    private static String last(List<String> words) {
        return words.get(words.size() - 1);
    }
}
