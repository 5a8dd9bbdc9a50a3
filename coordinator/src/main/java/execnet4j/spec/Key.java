package execnet4j.spec;

import com.google.errorprone.annotations.Immutable;
import execnet4j.error.SpecException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of keys: for each its name, its form and which values it takes. A new key is a new line here. */
enum Key {
    POPEN("popen", Form.FLAG, true, Key::any),
    SOCKET("socket", Form.FLAG_OR_VALUE, true, Key::address),
    INSTALLVIA("installvia", Form.VALUE, true, Key::printable),
    DIALLED("dialled", Form.VALUE, true, Key::address),
    SSH("ssh", Form.VALUE, true, SshTarget::complaint),
    VAGRANT_SSH("vagrant_ssh", Form.VALUE, true, Key::shellCommand),
    COMMAND("command", Form.VALUE, true, Key::shellCommand),
    DOCKER("docker", Form.VALUE, true, Key::shellCommand),
    PODMAN("podman", Form.VALUE, true, Key::shellCommand),
    KUBECTL("kubectl", Form.VALUE, true, Key::shellCommand),
    SSH_CONFIG("ssh_config", Form.VALUE, false, Key::any),
    VIA("via", Form.VALUE, false, Key::printable),
    CONNECT_TIMEOUT("connect_timeout", Form.VALUE, false, Key::seconds),
    SILENCE_LIMIT("silence_limit", Form.VALUE, false, Key::silence),
    ORPHAN_TIMEOUT("orphan_timeout", Form.VALUE, false, Key::silence),
    TOKEN_FILE("token_file", Form.VALUE, false, Key::any),
    PIN("pin", Form.VALUE, false, Key::pin),
    ID("id", Form.VALUE, false, Key::printable),
    JAVA("java", Form.VALUE, false, Key::words),
    PYTHON("python", Form.VALUE, false, Key::words),
    BOOTSTRAP("bootstrap", Form.VALUE, false, value -> oneOf(List.of("execnet"), value)),
    CHDIR("chdir", Form.VALUE, false, Key::any),
    NICE("nice", Form.VALUE, false, Key::niceness),
    ENV("env", Form.MEMBERS, false, Key::any),
    EXECMODEL("execmodel", Form.VALUE, false, Key::execModel),
    JVM("jvm", Form.VALUE_AND_MEMBERS, false, Key::jvmOption),
    DONT_WRITE_BYTECODE("dont_write_bytecode", Form.FLAG, false, Key::any),
    STDOUT("stdout", Form.VALUE, false, value -> oneOf(List.of("forward", "null"), value));

    /** How a key is written. */
    private enum Form {
        FLAG,
        FLAG_OR_VALUE,
        VALUE,
        MEMBERS,
        VALUE_AND_MEMBERS
    }

    /** Says what is wrong with a value, or null if nothing is. */
    @Immutable
    private interface Check {
        @Nullable
        String complaint(String value);
    }

    private final String text;
    private final Form form;
    private final boolean transport;
    private final Check check;

    Key(String text, Form form, boolean transport, Check check) {
        this.text = text;
        this.form = form;
        this.transport = transport;
        this.check = check;
    }

    String text() {
        return text;
    }

    /** Whether it says where the worker comes from; a spec needs one such key. */
    boolean transport() {
        return transport;
    }

    /** Checks key and value of a pair, and gives its line of the table. */
    static Key of(Pair pair) {
        String name = pair.key();
        if (name.isEmpty()) {
            throw new SpecException("there is a key missing before, between or after '//' (a '//' inside a value is"
                    + " written '////')");
        }
        if (name.startsWith("_")) {
            throw new SpecException("the key '" + name + "' starts with an underscore, which no key does");
        }
        for (Key key : values()) {
            if (key.text.equals(pair.family())) {
                key.checkForm(pair);
                return key;
            }
        }
        throw new SpecException("there is no key '" + name + "'; " + suggestion(pair.family()));
    }

    private void checkForm(Pair pair) {
        String member = pair.member();
        boolean formFits = switch (form) {
            case FLAG -> member == null && pair.value() == null;
            case FLAG_OR_VALUE -> member == null;
            case VALUE -> member == null && pair.value() != null;
            case MEMBERS -> member != null && pair.value() != null;
            case VALUE_AND_MEMBERS -> pair.value() != null;
        };
        if (!formFits || "".equals(member)) {
            throw new SpecException("'" + pair.toText() + "' should be written as " + usage());
        }
        String value = pair.value();
        if (value == null) {
            return;
        }
        if (value.isEmpty() && this != ENV) {
            throw new SpecException("the key '" + pair.key() + "' needs a value: " + usage());
        }
        String complaint = check.complaint(value);
        if (complaint != null) {
            throw new SpecException("'" + pair.toText() + "': " + complaint);
        }
    }

    private String usage() {
        return switch (form) {
            case FLAG -> text;
            case FLAG_OR_VALUE, VALUE -> text + "=...";
            case MEMBERS -> text + ":NAME=...";
            case VALUE_AND_MEMBERS -> text + "=... or " + text + ":NAME=...";
        };
    }

    private static String suggestion(String family) {
        String typed = family.toLowerCase(Locale.ROOT);
        Key nearest = Arrays.stream(values())
                .min(Comparator.comparingInt(key -> slips(typed, key.text)))
                .orElseThrow();
        boolean near = slips(typed, nearest.text) <= Math.max(1, nearest.text.length() / 2);
        return near
                ? "did you mean '" + nearest.text + "'?"
                : "the keys are " + Arrays.stream(values()).map(Key::usage).collect(Collectors.joining(", "));
    }

    /** How many slips of the hand lie between two words: a character left out, put in, changed, or two swapped. */
    private static int slips(String typed, String meant) {
        if (typed.startsWith(meant)) {
            return 1;
        }
        int[][] slips = new int[typed.length() + 1][meant.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= meant.length(); j++) {
                if (i == 0 || j == 0) {
                    slips[i][j] = i + j;
                    continue;
                }
                boolean same = typed.charAt(i - 1) == meant.charAt(j - 1);
                int changed = slips[i - 1][j - 1] + (same ? 0 : 1);
                slips[i][j] = Math.min(changed, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && typed.charAt(i - 1) == meant.charAt(j - 2)
                        && typed.charAt(i - 2) == meant.charAt(j - 1);
                if (swapped) {
                    slips[i][j] = Math.min(slips[i][j], slips[i - 2][j - 2] + 1);
                }
            }
        }
        return slips[typed.length()][meant.length()];
    }

    private static @Nullable String any(String value) {
        return null;
    }

    private static @Nullable String printable(String value) {
        boolean clean = value.chars().noneMatch(each -> Character.isISOControl(each) || Character.isWhitespace(each));
        return clean ? null : "an id has no blanks or control characters";
    }

    private static @Nullable String words(String value) {
        try {
            return ShellWords.split(value).isEmpty() ? "a command is needed, such as /usr/bin/java or python3" : null;
        } catch (IllegalArgumentException open) {
            return open.getMessage() + " (the words of a command are quoted as in a shell)";
        }
    }

    private static @Nullable String shellCommand(String value) {
        try {
            return ShellWords.split(value).isEmpty() ? "there is nothing but blanks" : null;
        } catch (IllegalArgumentException open) {
            return open.getMessage() + " (the words of a command are quoted as in a shell)";
        }
    }

    private static @Nullable String address(String value) {
        return HostAndPort.of(value).isPresent()
                ? null
                : "an address is a host and a port from 1 to 65535, as in socket=127.0.0.1:8888";
    }

    private static @Nullable String pin(String value) {
        return !value.startsWith("sha256:") || value.matches("sha256:[0-9A-Fa-f:]{64,95}")
                ? null
                : "a pin is sha256: and 64 hexadecimal digits, as the server prints it, or the name of a file with that";
    }

    private static @Nullable String seconds(String value) {
        return value.matches("[1-9][0-9]{0,4}") ? null : "a time is a whole number of seconds from 1 to 99999";
    }

    private static @Nullable String silence(String value) {
        return value.matches("[1-9][0-9]{1,4}") ? null : "a silence is a whole number of seconds from 10 to 99999";
    }

    private static @Nullable String niceness(String value) {
        try {
            int number = Integer.parseInt(value);
            return number >= -20 && number <= 19 ? null : "nice is from -20 (more urgent) to 19 (less urgent)";
        } catch (NumberFormatException e) {
            return "nice is a whole number from -20 (more urgent) to 19 (less urgent)";
        }
    }

    private static @Nullable String execModel(String value) {
        List<String> known = new ArrayList<>();
        for (ExecModel model : ExecModel.values()) {
            known.add(model.text());
        }
        return oneOf(known, value);
    }

    private static @Nullable String jvmOption(String value) {
        return value.startsWith("-") || value.startsWith("@")
                ? null
                : "an option of the JVM starts with '-', as in jvm=-Xmx64m";
    }

    private static @Nullable String oneOf(List<String> known, String value) {
        return known.contains(value) ? null : "the value is one of " + String.join(", ", known);
    }
}
