package execnet4j.transport;

import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.concurrent.Deadline;
import execnet4j.serial.Tuple;
import java.util.List;
import java.util.function.Supplier;

/**
 * A worker that is the way to others: it starts processes for the coordinator and hands their bytes through, see {@link
 * execnet4j.worker.RelayTask}.
 *
 * @param id of its gateway
 * @param host where it is
 * @param python whether it is a Python
 * @param program what runs it: a java or a python
 * @param connection to it
 * @param order gives the payload of an EXEC frame that has it run one relay
 */
public record Hop(
        String id, String host, boolean python, String program, Connection connection, Supplier<byte[]> order) {
    /**
     * Starts a process there.
     *
     * @param command its words
     * @param deadline until when the worker must take the order; what it does with it is told by the relay
     * @return the process
     * @throws execnet4j.error.ExecnetException if the worker is gone, or takes nothing
     */
    public Relay start(List<String> command, Deadline deadline) {
        Channel errors = connection.newChannel();
        Channel control = connection.newChannel();
        boolean started = false;
        try {
            Channel channel = connection.exec(order.get(), deadline.remaining());
            channel.send(Tuple.of(command, errors, control), deadline.remaining());
            started = true;
            return new Relay(this, channel, errors, control);
        } finally {
            if (!started) {
                errors.close();
                control.close();
            }
        }
    }
}
