package execnet4j.channel;

/** What a channel belongs to: at the coordinator the gateway itself, in a worker the worker's side of it. */
public interface Endpoint {
    /**
     * The gateway's id, the same at both ends.
     *
     * @return such as {@code gw0}
     */
    String id();

    /**
     * Opens a channel that no task is bound to yet; it is usually sent to the other end inside a value.
     *
     * @return a new open channel
     * @throws execnet4j.error.GatewayLostException if the other end is gone
     */
    Channel newChannel();
}
