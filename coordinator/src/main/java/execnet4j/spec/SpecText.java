package execnet4j.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * The outer form of a spec: pairs with {@code //} between them.
 *
 * <p>Inside a value each {@code //} is written twice. No key begins with a slash, so a run of slashes reads in one way
 * only: of its length the fours are {@code //} each; of what is left, an odd one belongs to the value and two separate.
 */
final class SpecText {
    private SpecText() {}

    static List<Pair> pairs(String text) {
        List<Pair> pairs = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int run = slashes(text, at);
            if (run == 0) {
                current.append(text.charAt(at++));
                continue;
            }
            current.append("/".repeat(run / 4 * 2 + run % 2));
            if (run % 4 >= 2) {
                pairs.add(pair(current.toString()));
                current.setLength(0);
            }
            at += run;
        }
        pairs.add(pair(current.toString()));
        return pairs;
    }

    static String escape(String value) {
        return value.replace("//", "////");
    }

    private static int slashes(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '/') {
            at++;
        }
        return at - from;
    }

    private static Pair pair(String text) {
        int equals = text.indexOf('=');
        return equals < 0 ? new Pair(text, null) : new Pair(text.substring(0, equals), text.substring(equals + 1));
    }
}
