package execnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void withoutATerminalThereAreLinesOnly() {
        Console console = new Console(out, 0);
        try (Progress progress = new Progress(console, 2)) {
            progress.step();
            console.line("[gw0] hello");
        }
        assertThat(written()).isEqualTo("[gw0] hello\n");
    }

    @Test
    void onATerminalALineGoesAboveTheBar() {
        Console console = new Console(out, 60);
        console.bar("map 50%");
        console.line("[gw0] hello");
        console.endBar();
        console.bar("map 75%");
        assertThat(written()).isEqualTo("\r\u001b[Kmap 50%\r\u001b[K[gw0] hello\nmap 50%\r\u001b[K");
    }

    @Test
    void onATerminalTheBarStepsAsideForStandardOutput() throws IOException {
        Console console = new Console(out, 60);
        console.withoutBar(() -> out.print("{1}\n"));
        console.bar("map 50%");
        console.withoutBar(() -> out.print("{2}\n"));
        assertThat(written()).isEqualTo("{1}\n\r\u001b[Kmap 50%\r\u001b[K{2}\nmap 50%");
    }

    @Test
    void onATerminalTheBarFitsAndIsGoneAtTheEnd() {
        Console console = new Console(out, 60);
        try (Progress progress = new Progress(console, 4)) {
            progress.step();
        }
        assertThat(written()).contains("map").endsWith("\r\u001b[K");
        assertThat(written().split("\r\u001b\\[K"))
                .allSatisfy(bar -> assertThat(bar).hasSizeLessThan(60));
    }

    @Test
    void theLastLineWaitsForNobodyLong() throws Exception {
        Console console = new Console(out, 60);
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        Thread blocked = new Thread(() -> {
            try {
                console.withoutBar(() -> {
                    writing.countDown();
                    awaitQuietly(read);
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        blocked.start();
        writing.await();
        console.lastLine("interrupted");
        assertThat(written()).isEqualTo("\r\u001b[Kinterrupted\n");
        read.countDown();
        blocked.join();
    }

    @Test
    void afterTheLastLineThereIsNoBar() {
        Console console = new Console(out, 60);
        console.bar("map 50%");
        console.lastLine("interrupted");
        console.bar("map 75%");
        console.endBar();
        assertThat(written()).isEqualTo("\r\u001b[Kmap 50%\r\u001b[Kinterrupted\n");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
