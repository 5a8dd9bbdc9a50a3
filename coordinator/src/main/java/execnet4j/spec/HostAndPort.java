package execnet4j.spec;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of the network.
 *
 * @param host a name or a number
 * @param port from 1 to 65535
 */
public record HostAndPort(String host, int port) {
    private static final Pattern PATTERN = Pattern.compile("(\\[[^\\]]+\\]|[^:\\s]+):([0-9]{1,5})");

    private static final int MAX_PORT = 65_535;

    /** Reads an address; none if the text is no such one. */
    static Optional<HostAndPort> of(String text) {
        Matcher parts = PATTERN.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String host = parts.group(1);
        int port = Integer.parseInt(parts.group(2));
        boolean bracketed = host.startsWith("[");
        return port < 1 || port > MAX_PORT
                ? Optional.empty()
                : Optional.of(new HostAndPort(bracketed ? host.substring(1, host.length() - 1) : host, port));
    }
}
