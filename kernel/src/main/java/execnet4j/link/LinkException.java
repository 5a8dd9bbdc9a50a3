package execnet4j.link;

import execnet4j.error.GatewayStartException.Stage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection was not made: how far it had come, and why. */
public final class LinkException extends IOException {
    private static final long serialVersionUID = 1L;

    /** How far it had come. */
    private final Stage stage;

    /**
     * Makes one.
     *
     * @param stage {@link Stage#CONNECT} or {@link Stage#AUTHENTICATE}
     * @param why for users: what went wrong and what to do
     * @param cause null if there is none
     */
    public LinkException(Stage stage, String why, @Nullable Throwable cause) {
        super(why, cause);
        this.stage = stage;
    }

    static LinkException refused(String why) {
        return new LinkException(Stage.AUTHENTICATE, why, null);
    }

    /**
     * How far it had come.
     *
     * @return the stage that failed
     */
    public Stage stage() {
        return stage;
    }
}
