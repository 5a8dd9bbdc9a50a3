package execnet4j;

import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.channel.ConnectionHost;
import execnet4j.channel.ConnectionSettings;
import execnet4j.channel.Endpoint;
import execnet4j.channel.Loss;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.protocol.WorkerInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Behaves to one client as plain execnet's socket server does, as far as the start of a gateway goes, and then as told. */
final class StockServer implements AutoCloseable {
    /** What it does when it is asked what it is. */
    enum Answer {
        FACTS,
        NONE,
        FACTS_AND_NO_END,
        LEAVE
    }

    private static final WorkerInfo FACTS = new WorkerInfo(7, "3.12.0", 0, "python3", "Linux x86_64", "/");

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Socket> client = new CompletableFuture<>();
    private final Answer answer;

    StockServer(Answer answer) throws IOException {
        this.answer = answer;
        DaemonThreads.start("stock-server", this::accept);
    }

    String spec() {
        return "socket=127.0.0.1:" + listening.getLocalPort() + "//bootstrap=execnet";
    }

    /** Ends the connection; abruptly where {@code linger} is 0. */
    void leave(int linger) throws IOException {
        Socket socket = client.join();
        socket.setSoLinger(linger == 0, linger);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        if (client.isDone()) {
            client.join().close();
        }
    }

    private void accept() {
        try {
            Socket socket = listening.accept();
            InputStream in = socket.getInputStream();
            for (int each = in.read(); each >= 0 && each != '\n'; ) {
                each = in.read();
            }
            socket.getOutputStream().write('1');
            client.complete(socket);
            ConnectionSettings settings = new ConnectionSettings("server", false, false, false, 1 << 20);
            Worker worker = new Worker();
            Connection connection = new Connection(in, socket.getOutputStream(), settings, worker);
            worker.connection.complete(connection);
            connection.start();
        } catch (IOException e) {
            client.completeExceptionally(e);
        }
    }

    private final class Worker implements ConnectionHost {
        final CompletableFuture<Connection> connection = new CompletableFuture<>();

        @Override
        public Endpoint endpoint() {
            throw new IllegalStateException("nobody asks for it");
        }

        @Override
        public void exec(Channel channel, byte[] payload) {
            DaemonThreads.pool().execute(() -> run(channel));
        }

        private void run(Channel channel) {
            switch (answer) {
                case FACTS, FACTS_AND_NO_END -> {
                    channel.send(FACTS.toMap());
                    connection.join().endTask(channel, null);
                }
                case NONE -> {}
                case LEAVE -> leave();
            }
        }

        @Override
        public Map<String, Object> status() {
            return Map.of();
        }

        @Override
        public void terminate() {
            if (answer != Answer.FACTS_AND_NO_END) {
                leave();
            }
        }

        private void leave() {
            try {
                client.join().close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean extension(byte type, int id, byte[] payload) {
            return false;
        }

        @Override
        public Loss diagnose(String reason, @Nullable Throwable cause) {
            return new Loss(reason, null, cause);
        }

        @Override
        public void ended(Loss loss) {
            terminate();
        }
    }
}
