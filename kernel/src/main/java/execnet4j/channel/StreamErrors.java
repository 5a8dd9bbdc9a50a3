package execnet4j.channel;

import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ExecnetException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** A channel's exceptions as a stream's. */
final class StreamErrors {
    private StreamErrors() {}

    static IOException of(RuntimeException e) {
        IOException error = e instanceof ChannelInterruptedException
                ? new InterruptedIOException(e.getMessage())
                : new IOException(e.getMessage());
        error.initCause(e);
        return error;
    }

    static void send(Channel channel, Duration timeout, Object value) throws IOException {
        try {
            channel.send(value, timeout);
        } catch (ExecnetException e) {
            throw of(e);
        }
    }

    static void close(Channel channel) throws IOException {
        try {
            channel.close();
        } catch (IllegalStateException e) {
            throw of(e);
        }
    }
}
