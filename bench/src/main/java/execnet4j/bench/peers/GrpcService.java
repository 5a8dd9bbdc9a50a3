package execnet4j.bench.peers;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The methods of the gRPC peer; messages are byte arrays as they are, without protocol buffers. */
final class GrpcService {
    static final String NAME = "bench";
    static final MethodDescriptor<byte[], byte[]> ECHO = method(MethodType.UNARY, "echo");
    static final MethodDescriptor<byte[], byte[]> COUNT = method(MethodType.CLIENT_STREAMING, "count");
    /** Larger than any message here. */
    static final int MAX_MESSAGE_BYTES = 1 << 27;

    private GrpcService() {}

    private static MethodDescriptor<byte[], byte[]> method(MethodType type, String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
                .setRequestMarshaller(new AsIs())
                .setResponseMarshaller(new AsIs())
                .build();
    }

    private static final class AsIs implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
