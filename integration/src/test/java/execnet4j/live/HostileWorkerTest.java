package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayStartException;
import execnet4j.protocol.WorkerInfo;
import execnet4j.serial.Dump;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that breaks the protocol on purpose loses its gateway, and harms nothing else. */
@Timeout(60)
class HostileWorkerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder = Path.of("");

    private final Map<String, Object> hello = WorkerInfo.ofThisProcess().toMap();

    @Test
    void aSecondHelloEndsTheGateway() throws IOException {
        try (Group group = Group.start("popen")) {
            Gateway hostile = group.makeGateway(worker(frame(hello), frame(hello)));

            assertThatThrownBy(() -> hostile.newChannel().receive(SOON))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("said a second time what it is");
            assertThat(group.get(0).remoteStatus().channels()).isZero();
        }
    }

    @Test
    void whatAWorkerSaysOfItselfIsChecked() throws IOException {
        hello.put("release", Integer.MAX_VALUE);
        try (Group group = Group.builder().build()) {
            String spec = worker(frame(hello));
            assertThatThrownBy(() -> group.makeGateway(spec))
                    .isInstanceOf(GatewayStartException.class)
                    .hasMessageContaining("no such release");
        }
    }

    /** The spec of a worker that says these frames and then only reads. */
    private String worker(byte[]... frames) throws IOException {
        Path file = folder.resolve("frames");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(frames).forEach(all::writeBytes);
        Files.write(file, all.toByteArray());
        Path script = folder.resolve("worker");
        Files.writeString(
                script, "#!/bin/sh\nread line <&3\nprintf 1 >&4\ncat '" + file + "' >&4\nexec cat <&3 >/dev/null\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return "popen//java=" + script;
    }

    private static byte[] frame(Object value) {
        byte[] dump = Dump.dumps(value);
        Frame frame = new Frame(FrameType.HELLO, 0, Arrays.copyOfRange(dump, 1, dump.length));
        ByteBuffer bytes = ByteBuffer.allocate(frame.encodedLength());
        frame.encodeStart(bytes);
        return bytes.put(frame.payload()).array();
    }
}
