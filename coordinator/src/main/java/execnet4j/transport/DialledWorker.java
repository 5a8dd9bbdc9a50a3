package execnet4j.transport;

import execnet4j.error.GatewayStartException.Stage;
import execnet4j.link.Link;
import execnet4j.link.LinkException;
import execnet4j.link.PartInput;
import execnet4j.link.PartKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A worker that came by itself, and has said what it is.
 *
 * @param link to it
 * @param parts what comes from it, after that
 * @param python whether it is a Python and no JVM
 */
public record DialledWorker(Link link, PartInput parts, boolean python) {
    /** No word for a kind of worker is longer; who sends a longer one slowly is not listened to. */
    private static final int MOST_BYTES = 16;

    /**
     * Hears what it is. Waits for as long as the link's patience.
     *
     * @param link to it
     * @return to be claimed
     * @throws IOException if it says something else, or nothing
     */
    public static DialledWorker of(Link link) throws IOException {
        PartInput parts = new PartInput(link.input());
        boolean said = parts.next() == PartKind.WORKER && parts.left() <= MOST_BYTES;
        String kind = said ? new String(parts.rest(), StandardCharsets.US_ASCII) : "";
        if (!kind.equals(PartKind.JAVA) && !kind.equals(PartKind.PYTHON)) {
            throw new LinkException(Stage.HANDSHAKE, "it did not say what kind of worker it is", null);
        }
        return new DialledWorker(link, parts, kind.equals(PartKind.PYTHON));
    }

    /**
     * What the worker's spec is.
     *
     * @return of the key {@code dialled}, without an id
     */
    public String spec() {
        return "dialled=" + link.peer() + (python ? "//python=python3" : "");
    }
}
