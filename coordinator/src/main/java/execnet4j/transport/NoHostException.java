package execnet4j.transport;

import java.io.IOException;

/** There is no such host, or it does not answer. */
public final class NoHostException extends IOException {
    private static final long serialVersionUID = 1L;

    NoHostException(String message, IOException cause) {
        super(message, cause);
    }
}
