package execnet4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.link.Gate;
import execnet4j.link.GateSettings;
import execnet4j.link.Link;
import execnet4j.link.Token;
import execnet4j.process.ServedProcess;
import execnet4j.process.ServedSession;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DialMainTest {
    private final Token token = Token.of("a-token-for-this-test-alone");
    private final BlockingQueue<Link> came = new LinkedBlockingQueue<>();

    @Test
    void aWorkerThatNobodyClaimsEnds() throws Exception {
        GateSettings settings = new GateSettings();
        settings.token(token);
        try (Gate gate = settings.open(Link.LISTEN, came::add);
                Socket socket =
                        new Socket(gate.address().getAddress(), gate.address().getPort());
                Link link = Link.asClient(socket, token, null, Link.LISTEN)) {
            ServedProcess worker = ServedProcess.start(List.of("cat"));
            ServedSession.End end = DialMain.serve(link, worker, Duration.ofMillis(200));

            assertThat(end.complaint()).isEqualTo("the coordinator did not want this worker within 0.2 seconds");
            assertThat(end.status()).as("killed").isEqualTo(128 + 9);
            came.take().close();
        }
    }
}
