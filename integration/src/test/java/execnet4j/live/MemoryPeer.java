package execnet4j.live;

import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.channel.ConnectionHost;
import execnet4j.channel.ConnectionSettings;
import execnet4j.channel.Endpoint;
import execnet4j.channel.ErrorText;
import execnet4j.channel.Loss;
import execnet4j.channel.RemoteTask;
import execnet4j.concurrent.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Two connections in this process, joined by pipes; tasks are not shipped but looked up in a list. */
final class MemoryPeer implements Peer {
    static final Peer SHARED = new MemoryPeer();

    private static final long BYTE_BUDGET = 1 << 24;

    private final List<RemoteTask> tasks = new CopyOnWriteArrayList<>();
    private final Connection here;
    private final Connection there;

    private MemoryPeer() {
        try {
            Pipe down = Pipe.open();
            Pipe up = Pipe.open();
            Host hostHere = new Host("memory");
            Host hostThere = new Host("memory-worker");
            here = new Connection(
                    Channels.newInputStream(up.source()),
                    Channels.newOutputStream(down.sink()),
                    new ConnectionSettings("memory", true, true, false, BYTE_BUDGET),
                    hostHere);
            there = new Connection(
                    Channels.newInputStream(down.source()),
                    Channels.newOutputStream(up.sink()),
                    new ConnectionSettings("memory-worker", false, true, false, BYTE_BUDGET),
                    hostThere);
            hostHere.connection = here;
            hostThere.connection = there;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        here.start();
        there.start();
    }

    @Override
    public Channel exec(RemoteTask java, String python) {
        tasks.add(java);
        return here.exec(here.encode(tasks.lastIndexOf(java)));
    }

    @Override
    public Channel newChannel() {
        return here.newChannel();
    }

    @Override
    public int channelsHere() {
        return here.channelCount();
    }

    @Override
    public int channelsThere() {
        Channel status = here.status();
        Map<?, ?> answer = status.receive(Map.class, Duration.ofSeconds(10));
        status.waitClose(Duration.ofSeconds(10));
        return answer != null && answer.get("numchannels") instanceof Integer count ? count : -1;
    }

    /** Runs what is in the list, each on a thread of its own. */
    private final class Host implements ConnectionHost, Endpoint {
        private final String id;
        private volatile @Nullable Connection connection;

        Host(String id) {
            this.id = id;
        }

        private Connection connection() {
            Connection known = connection;
            if (known == null) {
                throw new IllegalStateException("not started");
            }
            return known;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Channel newChannel() {
            return connection().newChannel();
        }

        @Override
        public Endpoint endpoint() {
            return this;
        }

        @Override
        public void exec(Channel channel, byte[] payload) {
            if (!(connection().decode(payload) instanceof Integer index)) {
                throw new IllegalStateException("no number of a task");
            }
            DaemonThreads.pool().execute(() -> run(channel, tasks.get(index)));
        }

        private void run(Channel channel, RemoteTask task) {
            String error = null;
            try {
                task.run(channel);
            } catch (Throwable e) {
                error = ErrorText.of(e);
            }
            connection().endTask(channel, error);
        }

        @Override
        public Map<String, Object> status() {
            return Map.of("numexecuting", 0, "execmodel", "thread");
        }

        @Override
        public void terminate() {}

        @Override
        public boolean extension(byte type, int frameId, byte[] payload) {
            return false;
        }

        @Override
        public Loss diagnose(String reason, @Nullable Throwable cause) {
            return new Loss(id + ": " + reason, null, cause);
        }

        @Override
        public void ended(Loss loss) {}
    }
}
