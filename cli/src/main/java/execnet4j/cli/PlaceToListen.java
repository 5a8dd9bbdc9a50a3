package execnet4j.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** An address of this machine and a port, as options name them. */
final class PlaceToListen {
    private static final int MAX_PORT = 65_535;

    private PlaceToListen() {}

    /** ADDRESS:PORT; throws IllegalArgumentException with a message for users. */
    static InetSocketAddress of(String text) {
        int colon = text.lastIndexOf(':');
        String digits = text.substring(colon + 1);
        if (colon < 1 || !digits.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no place to listen; write an address and a port, such as 0.0.0.0:7700");
        }
        return of(text.substring(0, colon), Integer.parseInt(digits));
    }

    /** Throws IllegalArgumentException with a message for users. */
    static InetSocketAddress of(String address, int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is from 0 to " + MAX_PORT + ", not " + port);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("there is no address " + address, e);
        }
    }
}
