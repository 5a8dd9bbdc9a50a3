package execnet4j.channel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Connection} serves: a gateway in the coordinator, a worker at the far end. All but {@link #endpoint} and
 * {@link #diagnose} is called on the reader thread, so it must hand work over and return at once.
 */
public interface ConnectionHost {
    /**
     * What {@link Channel#gateway()} gives.
     *
     * @return the gateway, or the worker's side of it
     */
    Endpoint endpoint();

    /**
     * The peer wants code to be run. A coordinator refuses.
     *
     * @param channel the task's channel, to be ended with {@link Connection#endTask}
     * @param payload the code, encoded
     */
    void exec(Channel channel, byte[] payload);

    /**
     * The peer asks how it is going.
     *
     * @return the numbers of tasks that run and the execution model, by the protocol's names
     */
    Map<String, Object> status();

    /** The peer asks this side to end. */
    void terminate();

    /**
     * A frame of an extension came.
     *
     * @param type one of {@link execnet4j.wire.FrameType} from 64 up, but not credit
     * @param id the frame's channel id
     * @param payload the frame's payload
     * @return false if this side has not offered it, which breaks the protocol
     */
    boolean extension(byte type, int id, byte[] payload);

    /** So much has come that a faster wire would pay. Called once. */
    default void busy() {}

    /**
     * The reader has ended, whatever ended it. Called before anything else is done about it, and possibly without any memory
     * left: must allocate nothing. {@link #diagnose} and {@link #ended} follow if they can.
     */
    default void inputEnded() {}

    /**
     * The connection is over; finds out why. May wait for up to a second for an exit status.
     *
     * @param reason what was noticed
     * @param cause the failure below, null if there is none
     * @return the best that is known
     */
    Loss diagnose(String reason, @Nullable Throwable cause);

    /**
     * No more frames come; all channels have been told.
     *
     * @param loss why
     */
    void ended(Loss loss);
}
