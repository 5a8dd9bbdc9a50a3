package execnet4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Group;
import execnet4j.link.Link;
import execnet4j.link.PartInput;
import execnet4j.link.PartKind;
import execnet4j.link.PartOutput;
import execnet4j.link.Pin;
import execnet4j.link.Token;
import execnet4j.live.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever does not prove itself to a server is refused with a line in its log; the next good client is served. */
@Timeout(120)
class HostileClientTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void aScanOfThePort() throws IOException {
        try (TestServer server = TestServer.plain(folder)) {
            for (int i = 0; i < 20; i++) {
                connect(server).close();
            }
            refused(server, "");
            assertThat(server.log()).hasSize(20);
            servesAGoodClient(server);
        }
    }

    @Test
    void noToken() throws IOException {
        refusedAfter("\n", "it does not speak execnet4j's protocol");
    }

    @Test
    void plainExecnetsFirstLine() throws IOException {
        refusedAfter("import sys;exec(eval(sys.stdin.readline()))\n", "it does not speak execnet4j's protocol");
    }

    @Test
    void aWrongTokenAndThoseThatWereHeardBefore() throws IOException {
        String heard = "0".repeat(32) + " " + "0".repeat(64) + "\n";
        refusedAfter(heard, "it has another token");
    }

    @Test
    void aLineWithoutEnd() throws IOException {
        refusedAfter("x".repeat(100_000), "its first line has no end within 200 bytes");
    }

    @Test
    void bytesThatAreNoText() throws IOException {
        refusedAfter("\u0000\u001b[31m\u0007".repeat(5) + "\n", "it does not speak execnet4j's protocol");
    }

    @Test
    void plainTextToTls() throws IOException {
        try (TestServer server = TestServer.withTls(folder)) {
            try (Socket socket = connect(server)) {
                say(socket, "GET / HTTP/1.1\r\n\r\n");
                awaitEnd(socket);
            }
            refused(server, "");
            servesAGoodClient(server);
        }
    }

    @Test
    void tlsToPlainText() throws IOException {
        try (TestServer server = TestServer.plain(folder)) {
            Socket socket = connect(server);
            assertThat(linkError(socket, new Pin("sha256:" + "0".repeat(64)))).contains("does not speak TLS");
            refused(server, "");
            servesAGoodClient(server);
        }
    }

    @Test
    void aSlowClientIsSentAwayAfterTenSecondsHoweverItSpeaks() throws Exception {
        try (TestServer server = TestServer.plain(folder);
                Socket slow = connect(server)) {
            long begin = System.nanoTime();
            Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(500)).until(() -> {
                drip(slow);
                return !server.log().isEmpty();
            });
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(9_000), Duration.ofMillis(15_000));
            refused(server, "it did not prove itself within 10 s");
            servesAGoodClient(server);
        }
    }

    @Test
    void twoHundredAtOnceThatSayNothing() throws IOException {
        List<Socket> flood = new ArrayList<>();
        try (TestServer server = TestServer.withTls(folder)) {
            for (int i = 0; i < 200; i++) {
                flood.add(connect(server));
            }
            servesAGoodClient(server);
            assertThat(server.log()).anyMatch(line -> line.contains("more than 128 that had not proved themselves"));
            for (Socket each : flood) {
                each.close();
            }
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> server.log().stream()
                                    .filter(line -> line.startsWith("refused "))
                                    .mapToInt(line -> line.endsWith(" more") ? Integer.parseInt(line.split(" ")[1]) : 1)
                                    .sum()
                            >= 200);
        } finally {
            for (Socket each : flood) {
                each.close();
            }
        }
    }

    @Test
    void aClientThatBreaksTheRulesLosesItsShell() throws Exception {
        try (TestServer server = TestServer.plain(folder)) {
            for (byte[] wrong :
                    new byte[][] {{99, 0, 0, 0, 0}, {PartKind.INPUT, 127, 0, 0, 0}, {PartKind.INPUT, -1, -1, -1, -1}}) {
                try (Link link = link(server)) {
                    long shell = shellThatReadsNothing(link);
                    link.output().write(wrong);
                    Processes.awaitGone(SOON, shell);
                }
            }
            servesAGoodClient(server);
        }
    }

    @Test
    void moreInputThanIsTakenIsRefusedAndNotKept() throws Exception {
        try (TestServer server = TestServer.plain(folder);
                Link link = link(server)) {
            long shell = shellThatReadsNothing(link);
            PartOutput out = new PartOutput(link.output());
            byte[] part = new byte[PartKind.MAX_BYTES];
            for (int sent = 0; sent <= 2 * PartKind.WINDOW; sent += part.length) {
                try {
                    out.send(PartKind.INPUT, part, 0, part.length);
                } catch (IOException e) {
                    break;
                }
            }
            Processes.awaitGone(SOON, shell);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() ->
                            server.log().stream().anyMatch(line -> line.contains("bytes of input were sent ahead")));
        }
    }

    @Test
    void aClientThatGoesTakesItsShellAlong() throws Exception {
        try (TestServer server = TestServer.plain(folder)) {
            Link link = link(server);
            PartOutput out = new PartOutput(link.output());
            long shell = shell(link, out, "echo $$; cat >/dev/null\n");
            link.close();
            Processes.awaitGone(SOON, shell);
        }
    }

    private void refusedAfter(String said, String why) throws IOException {
        try (TestServer server = TestServer.plain(folder)) {
            try (Socket socket = connect(server)) {
                say(socket, said);
                awaitEnd(socket);
            }
            refused(server, why);
            servesAGoodClient(server);
        }
    }

    /** At least one line that says so, all of them harmless. */
    private static void refused(TestServer server, String why) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(server.log())
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("refused 127.0.0.1:")
                                .contains(why)));
        assertThat(server.log())
                .allSatisfy(line -> assertThat(line).matches("[\\x20-\\x7e]*").hasSizeLessThan(600));
    }

    private static void servesAGoodClient(TestServer server) throws IOException {
        try (Group group = Group.start(server.spec() + "//python=python3")) {
            assertThat(group.get(0).remoteExec("channel.send(42)").receive(SOON))
                    .isEqualTo(42);
        }
    }

    private static Socket connect(TestServer server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static Link link(TestServer server) throws IOException {
        return Link.asClient(connect(server), Token.of(TestServer.TOKEN), null, Link.SERVE);
    }

    private static @Nullable String linkError(Socket socket, Pin pin) {
        try (Link link = Link.asClient(socket, Token.of(TestServer.TOKEN), pin, Link.SERVE)) {
            return "none with " + link.peer();
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static long shellThatReadsNothing(Link link) throws IOException {
        return shell(link, new PartOutput(link.output()), "echo $$; exec sleep 1000\n");
    }

    /** Runs a program that first says its process id. */
    private static long shell(Link link, PartOutput out, String program) throws IOException {
        byte[] bytes = program.getBytes(StandardCharsets.US_ASCII);
        out.send(PartKind.INPUT, bytes, 0, bytes.length);
        PartInput parts = new PartInput(link.input());
        while (parts.next() != PartKind.OUTPUT) {
            // What is not output is of no interest here.
        }
        return Long.parseLong(new String(parts.rest(), StandardCharsets.US_ASCII).strip());
    }

    private static void say(Socket socket, String text) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException e) {
            // It was sent away before it had said all.
        }
    }

    private static void drip(Socket socket) {
        say(socket, "0");
    }

    private static void awaitEnd(Socket socket) throws IOException {
        socket.setSoTimeout((int) SOON.toMillis());
        try {
            InputStream in = socket.getInputStream();
            byte[] unused = in.readAllBytes();
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // Reset is an end, too.
        }
    }
}
