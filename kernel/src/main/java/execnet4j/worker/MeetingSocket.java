package execnet4j.worker;

import execnet4j.channel.Connection;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.wire.FrameType;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The way from the pipes, on which a worker starts, to a socket, where the coordinator wants to be met once there is much to
 * say. To make the first unix socket of a JVM takes a third of the time in which a worker starts, and most workers that run a
 * task or two never miss it.
 */
final class MeetingSocket {
    private final Connection connection;

    MeetingSocket(Connection connection) {
        this.connection = connection;
    }

    /** The coordinator can be met at a path. Does not wait. */
    void goTo(byte[] path) {
        DaemonThreads.pool().execute(() -> go(new String(path, StandardCharsets.UTF_8)));
    }

    private void go(String path) {
        try {
            connection.sendOn(SocketChannel.open(UnixDomainSocketAddress.of(path)));
        } catch (IOException | RuntimeException e) {
            // Another user's worker may not go there, one in a container does not see it.
            connection.send(FrameType.SOCKET, 0, new byte[0]);
        }
    }
}
