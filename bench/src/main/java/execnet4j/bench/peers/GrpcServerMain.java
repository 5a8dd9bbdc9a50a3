package execnet4j.bench.peers;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The other end of the gRPC peer: prints its port, serves until standard input ends. */
public final class GrpcServerMain {
    private GrpcServerMain() {}

    /**
     * Serves.
     *
     * @param args none
     * @throws IOException if it cannot listen
     */
    public static void main(String[] args) throws IOException {
        ServerServiceDefinition service = ServerServiceDefinition.builder(GrpcService.NAME)
                .addMethod(GrpcService.ECHO, ServerCalls.asyncUnaryCall(GrpcServerMain::echo))
                .addMethod(GrpcService.COUNT, ServerCalls.asyncClientStreamingCall(GrpcServerMain::count))
                .build();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .maxInboundMessageSize(GrpcService.MAX_MESSAGE_BYTES)
                .addService(service)
                .build()
                .start();
        System.out.println(server.getPort());
        System.in.readAllBytes();
        server.shutdownNow();
        System.exit(0);
    }

    private static void echo(byte[] message, StreamObserver<byte[]> answer) {
        answer.onNext(message);
        answer.onCompleted();
    }

    private static StreamObserver<byte[]> count(StreamObserver<byte[]> answer) {
        return new StreamObserver<>() {
            private int count;

            @Override
            public void onNext(byte[] message) {
                count++;
            }

            @Override
            public void onError(Throwable failure) {
                answer.onError(failure);
            }

            @Override
            public void onCompleted() {
                answer.onNext(ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
                answer.onCompleted();
            }
        };
    }
}
