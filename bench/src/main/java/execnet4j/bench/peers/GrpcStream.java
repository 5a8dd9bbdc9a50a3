package execnet4j.bench.peers;

import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import io.grpc.CallOptions;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Messages of one size streamed one way, held up where gRPC wants it; the time ends when the server has said how many. */
public final class GrpcStream implements Probe {
    private final GrpcPeer peer = new GrpcPeer();
    private final byte[] message;
    private final double unit;

    /**
     * Starts the server.
     *
     * @param size of each message, for megabytes a second; 0 for small ones, in millions a second
     * @throws IOException if that fails
     */
    public GrpcStream(int size) throws IOException {
        message = new byte[size == 0 ? 6 : size];
        unit = size == 0 ? 1 : size;
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        long[] count = {0};
        double seconds = Timed.once(() -> {
            Sender sender = new Sender();
            ClientCalls.asyncClientStreamingCall(
                    peer.channel().newCall(GrpcService.COUNT, CallOptions.DEFAULT), sender);
            Timed.during(time, 1, () -> sender.send(message));
            count[0] = sender.finish();
        });
        return Timed.figure(count[0] * unit / seconds / 1e6);
    }

    @Override
    public void close() {
        peer.close();
    }

    private static final class Sender implements ClientResponseObserver<byte[], byte[]> {
        private final CompletableFuture<ClientCallStreamObserver<byte[]>> requests = new CompletableFuture<>();
        private final CompletableFuture<Integer> answer = new CompletableFuture<>();
        private final Semaphore ready = new Semaphore(0);

        void send(byte[] message) throws InterruptedException {
            ClientCallStreamObserver<byte[]> stream = requests.join();
            while (!stream.isReady()) {
                ready.acquire();
            }
            stream.onNext(message);
        }

        int finish() {
            requests.join().onCompleted();
            return answer.join();
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<byte[]> stream) {
            stream.setOnReadyHandler(ready::release);
            requests.complete(stream);
        }

        @Override
        public void onNext(byte[] count) {
            answer.complete(ByteBuffer.wrap(count).getInt());
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
            ready.release(Integer.MAX_VALUE / 2);
        }

        @Override
        public void onCompleted() {}
    }
}
