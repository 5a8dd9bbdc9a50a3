package execnet4j.bootstrap;

import execnet4j.channel.Connection;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.LoadException;
import execnet4j.transport.MeetingPoint;
import execnet4j.wire.FrameType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A connection's way from the pipes of a worker's process to a socket, which is faster but takes longer to have. */
final class SocketMove {
    private final Connection connection;
    private final AtomicReference<@Nullable MeetingPoint> meeting = new AtomicReference<>();

    SocketMove(Connection connection) {
        this.connection = connection;
    }

    /** Tells the worker where to come. Does not wait. */
    void begin() {
        DaemonThreads.pool().execute(() -> {
            MeetingPoint point = MeetingPoint.open();
            if (point != null) {
                meeting.set(point);
                connection.send(FrameType.SOCKET, 0, point.path().getBytes(StandardCharsets.UTF_8));
                if (!connection.isLive()) {
                    end();
                }
            }
        });
    }

    /** The worker sends there from now on, and so do we; false if it was not told to come. */
    boolean followed() {
        MeetingPoint point = meeting.getAndSet(null);
        if (point == null) {
            return false;
        }
        try {
            connection.sendOn(point.accept());
            return connection.receiveOn();
        } catch (IOException e) {
            throw new LoadException("it said that it had come to the socket: " + e.getMessage(), e);
        } finally {
            DaemonThreads.pool().execute(point::close);
        }
    }

    /** The worker does not come, or not any more; false if it was not told to. */
    boolean end() {
        MeetingPoint point = meeting.getAndSet(null);
        if (point != null) {
            DaemonThreads.pool().execute(point::close);
        }
        return point != null;
    }
}
