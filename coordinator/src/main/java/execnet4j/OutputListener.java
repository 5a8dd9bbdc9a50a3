package execnet4j;

/** Takes what workers print, instead of this process's standard error. */
@FunctionalInterface
public interface OutputListener {
    /**
     * A worker has printed a line, to its standard output or error, from Java or from anything else in its process. Called
     * on a thread of that gateway's own, in order; as long as it does not return, that worker waits in its next print.
     *
     * @param gatewayId the gateway's id
     * @param line the line without its end; one of more than 64 KiB comes in pieces
     */
    void printed(String gatewayId, String line);
}
