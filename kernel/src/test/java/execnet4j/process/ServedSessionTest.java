package execnet4j.process;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.link.Gate;
import execnet4j.link.GateSettings;
import execnet4j.link.Link;
import execnet4j.link.PartInput;
import execnet4j.link.PartKind;
import execnet4j.link.PartOutput;
import execnet4j.link.Token;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that came, for a client that says nothing. */
@Timeout(60)
class ServedSessionTest {
    private static final Token TOKEN = Token.of("a token of some length");

    private final BlockingQueue<Link> clients = new LinkedBlockingQueue<>();
    private final GateSettings settings = new GateSettings();
    private Gate gate;
    private Socket socket;

    @BeforeEach
    void open() throws IOException {
        settings.token(TOKEN);
        gate = settings.open(Link.LISTEN, clients::add);
        socket = new Socket(gate.address().getAddress(), gate.address().getPort());
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        gate.close();
    }

    @Test
    void itsProcessEndsAndBothAreToldSo() throws Exception {
        Served served = serve("exit 7", Duration.ofMinutes(1));
        PartInput parts = new PartInput(served.client.input());
        int kind = parts.next();
        while (kind != PartKind.EXIT) {
            kind = parts.next();
        }
        assertThat(parts.restAsNumber()).isEqualTo(7);
        assertThat(served.complaint()).contains("ended with status 7 before it said a word");
    }

    @Test
    void theClientBreaksOff() throws Exception {
        Served served = serve("exec sleep 1000", Duration.ofMinutes(1));
        socket.setSoLinger(true, 0);
        served.client.close();
        assertThat(served.complaint()).isEqualTo("it left without a word");
    }

    @Test
    void theClientHasNoMoreTime() throws Exception {
        assertThat(serve("exec sleep 1000", Duration.ofMillis(100)).complaint()).isEqualTo("too late");
    }

    @Test
    void whoDoesNotEndAfterItsClientIsKilledAndItsStatusKnown() throws Exception {
        Link client = Link.asClient(socket, TOKEN, null, Link.LISTEN);
        Link link = clients.take();
        ServedProcess process = ServedProcess.start(List.of("/bin/sh", "-c", "while :; do sleep 1; done"));
        new PartOutput(client.output()).send(PartKind.INPUT_END);
        client.close();

        ServedSession.End end = new ServedSession(link, process, 1, "too late", Duration.ofMillis(100)).serve();

        assertThat(end).isEqualTo(new ServedSession.End(128 + 9, ""));
    }

    private record Served(Link client, CompletableFuture<ServedSession.End> end) {
        String complaint() throws Exception {
            return end.get(10, TimeUnit.SECONDS).complaint();
        }
    }

    private Served serve(String program, Duration patience) throws Exception {
        Link client = Link.asClient(socket, TOKEN, null, Link.LISTEN);
        Link link = clients.take();
        link.patience(patience);
        ServedProcess process = ServedProcess.start(List.of("/bin/sh", "-c", program));
        CompletableFuture<ServedSession.End> end = new CompletableFuture<>();
        DaemonThreads.pool().execute(() -> end.complete(ServedSession.run(link, process, 1, "too late")));
        return new Served(client, end);
    }
}
