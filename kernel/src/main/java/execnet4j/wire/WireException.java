package execnet4j.wire;

import java.io.IOException;

/** The peer broke the protocol; the connection cannot go on. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what the peer did
     */
    public WireException(String message) {
        super(message);
    }
}
