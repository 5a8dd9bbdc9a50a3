package execnet4j.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host to be reached by ssh.
 *
 * @param words the arguments of {@code ssh} that say so: options and the host
 * @param host its name, as given, without a user
 */
public record SshTarget(List<String> words, String host) {
    /** The options of OpenSSH's client that take an argument, from ssh(1). */
    private static final String WITH_ARGUMENT = "BbcDEeFIiJLlmOoPpQRSWw";

    /**
     * Copies the list.
     *
     * @param words the arguments
     * @param host its name
     */
    public SshTarget {
        words = List.copyOf(words);
    }

    /** Reads a value that has been checked. */
    static SshTarget of(String value, Optional<String> config) {
        List<String> given = ShellWords.split(value);
        List<String> words = new ArrayList<>();
        config.ifPresent(file -> words.addAll(List.of("-F", file)));
        words.addAll(given);
        String host = others(given).get(0);
        return new SshTarget(words, host.substring(host.lastIndexOf('@') + 1));
    }

    /** What is wrong with a value, null if nothing is. */
    static @Nullable String complaint(String value) {
        List<String> others;
        try {
            others = others(ShellWords.split(value));
        } catch (IllegalArgumentException open) {
            return open.getMessage() + " (the words are quoted as in a shell)";
        }
        return switch (others.size()) {
            case 0 -> "there is no host; options of ssh may come before one, as in ssh=-p 2222 me@db1";
            case 1 -> null;
            default ->
                "'" + others.get(1) + "' follows the host '" + others.get(0)
                        + "'; a command cannot be given, only options of ssh and a host";
        };
    }

    /** The words that are neither options nor their arguments. */
    private static List<String> others(List<String> words) {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-")) {
                others.add(word);
            } else if (wantsNext(word)) {
                i++;
            }
        }
        return others;
    }

    /** Letters may stand together; the argument of one may follow it in the same word. */
    private static boolean wantsNext(String option) {
        for (int i = 1; i < option.length(); i++) {
            if (WITH_ARGUMENT.indexOf(option.charAt(i)) >= 0) {
                return i == option.length() - 1;
            }
        }
        return false;
    }
}
