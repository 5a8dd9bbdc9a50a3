package execnet4j.bench.peers;

import execnet4j.bench.bare.ChildJvm;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A gRPC server in a JVM of its own, and a connection to it over loopback. */
final class GrpcPeer implements AutoCloseable {
    private final Process process;
    private final ManagedChannel channel;

    GrpcPeer() throws IOException {
        process = ChildJvm.start(ChildJvm.ownOptions(), GrpcServerMain.class);
        String port = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (port == null) {
            throw new IOException("the gRPC server did not start");
        }
        channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)))
                .usePlaintext()
                .maxInboundMessageSize(GrpcService.MAX_MESSAGE_BYTES)
                .build();
    }

    ManagedChannel channel() {
        return channel;
    }

    void echo(byte[] message) {
        ClientCalls.blockingUnaryCall(channel, GrpcService.ECHO, CallOptions.DEFAULT, message);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        process.destroy();
    }
}
