package execnet4j.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of the network.
 *
 * @param host a name or a number
 * @param port from 0 to 65535
 */
public record HostAndPort(String host, int port) {
    static final Pattern PATTERN = Pattern.compile("(\\[[^\\]]+\\]|[^:\\s]+):([0-9]{1,5})");

    private static final int MAX_PORT = 65_535;

    /** Reads what the pattern has accepted. */
    static HostAndPort of(String text) {
        Matcher parts = PATTERN.matcher(text);
        if (!parts.matches()) {
            throw new AssertionError(text);
        }
        String host = parts.group(1);
        boolean bracketed = host.startsWith("[");
        return new HostAndPort(
                bracketed ? host.substring(1, host.length() - 1) : host,
                Math.min(MAX_PORT, Integer.parseInt(parts.group(2))));
    }
}
