package execnet4j.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code behaviours.txt}, which says what the parts mean.
 *
 * @param number such as {@code H07}
 * @param tag K, A, P or N
 * @param area such as {@code core}
 * @param text the behaviour
 * @param noTest why there is no test, or null
 */
record Behaviour(
        String number,
        String tag,
        String area,
        String text,
        @Nullable String noTest) {
    private static final Pattern LINE = Pattern.compile("([A-Z]\\d\\d) ([KAPN]) ([a-z]+) (.+)");
    private static final String NO_TEST = "    no test: ";

    /** All of them, in the order of the file. */
    static List<Behaviour> all() {
        List<Behaviour> all = new ArrayList<>();
        for (String line : list().lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (line.startsWith(NO_TEST)) {
                Behaviour last = all.remove(all.size() - 1);
                String reason = line.substring(NO_TEST.length());
                all.add(new Behaviour(last.number, last.tag, last.area, last.text, reason));
            } else if (matcher.matches()) {
                all.add(new Behaviour(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4), null));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalArgumentException("behaviours.txt: " + line);
            }
        }
        return all;
    }

    /** Whether there has to be a test or a reason. */
    boolean isDue() {
        return !area.equals("rsync") && !tag.equals("N");
    }

    private static String list() {
        try (InputStream in = Behaviour.class.getResourceAsStream("/behaviours.txt")) {
            if (in == null) {
                throw new IllegalStateException("there is no behaviours.txt among the test resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
