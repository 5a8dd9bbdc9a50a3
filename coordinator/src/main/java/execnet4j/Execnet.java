package execnet4j;

import execnet4j.serial.Dump;
import execnet4j.spec.GatewaySpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The shortest way in: gateways of a default group, and values as bytes. */
public final class Execnet {
    private static final Group DEFAULT_GROUP = Group.builder().build();

    private Execnet() {}

    /**
     * Starts a worker of the {@link #defaultGroup()}'s default spec: a JVM on this machine, unless that was changed.
     *
     * @return its gateway
     * @throws execnet4j.error.GatewayStartException if it did not start
     */
    public static Gateway makeGateway() {
        return DEFAULT_GROUP.makeGateway();
    }

    /**
     * Starts a worker.
     *
     * @param spec how to get it, see {@link GatewaySpec}; the empty text is the default spec
     * @return its gateway, in the {@link #defaultGroup()}
     * @throws execnet4j.error.SpecException if the spec cannot be used
     * @throws execnet4j.error.GatewayStartException if it did not start
     */
    public static Gateway makeGateway(String spec) {
        return DEFAULT_GROUP.makeGateway(spec);
    }

    /**
     * Starts a worker, waiting no longer than a timeout.
     *
     * @param spec how to get it
     * @param timeout how long it may take
     * @return its gateway, in the {@link #defaultGroup()}
     * @throws execnet4j.error.GatewayStartException if it did not start in that time
     */
    public static Gateway makeGateway(String spec, Duration timeout) {
        return DEFAULT_GROUP.makeGateway(spec, timeout);
    }

    /**
     * The group of the gateways that are made here. Like every group it is ended when this process ends.
     *
     * @return always the same
     */
    public static Group defaultGroup() {
        return DEFAULT_GROUP;
    }

    /**
     * The version of execnet4j.
     *
     * @return such as {@code 0.1.0}
     */
    public static String version() {
        return Version.text();
    }

    /**
     * A value as bytes, in the format that execnet's own dumps have.
     *
     * @param value what a channel may carry, but no channel
     * @return the bytes
     * @throws execnet4j.error.DumpException if it is something else; the message names the place
     */
    public static byte[] dumps(@Nullable Object value) {
        return Dump.dumps(value);
    }

    /**
     * The value of bytes made by {@link #dumps} or by execnet.
     *
     * @param dump the bytes
     * @return the value
     * @throws execnet4j.error.LoadException if they are none
     */
    public static @Nullable Object loads(byte[] dump) {
        return Dump.loads(dump);
    }

    /**
     * Writes a value as bytes.
     *
     * @param out where to; not closed
     * @param value what a channel may carry, but no channel
     * @throws execnet4j.error.DumpException if it is something else; nothing was written
     * @throws IOException if writing fails
     */
    public static void dump(OutputStream out, @Nullable Object value) throws IOException {
        Dump.dump(out, value);
    }

    /**
     * Reads one value that {@link #dump} wrote and no byte more.
     *
     * @param in where from; not closed
     * @return the value
     * @throws execnet4j.error.LoadException if what comes is none
     * @throws IOException if reading fails
     */
    public static @Nullable Object load(InputStream in) throws IOException {
        return Dump.load(in);
    }
}
