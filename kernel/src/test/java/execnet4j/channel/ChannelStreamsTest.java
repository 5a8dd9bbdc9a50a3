package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.RemoteTaskException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChannelStreamsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ConnectionPair pair = ConnectionPair.open();

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    @DisplayName("H24 writing to a channel's writer sends the text; closing it does not close the channel")
    void writer() throws IOException {
        Channel channel = pair.start(task -> {
            for (int i = 0; i < 5; i++) {
                task.send(task.receive());
            }
        });
        try (Writer writer = channel.writer()) {
            writer.write("one");
            writer.write("xtwox", 1, 3);
            writer.write(new char[] {'-', '3', '-'}, 1, 1);
            writer.append('4');
            writer.flush();
        }
        assertThat(channel.receive()).isEqualTo("one");
        assertThat(channel.receive()).isEqualTo("two");
        assertThat(channel.receive()).isEqualTo("3");
        assertThat(channel.receive()).isEqualTo("4");
        assertThat(channel.isClosed()).isFalse();
        channel.send("5");
        assertThat(channel.receive()).isEqualTo("5");
    }

    @Test
    @DisplayName("H24 writing to a channel's output stream sends bytes; closing it does not close the channel")
    void outputStream() throws IOException {
        Channel channel = pair.start(task -> {
            for (int i = 0; i < 3; i++) {
                task.send(task.receive());
            }
        });
        try (OutputStream out = channel.outputStream()) {
            out.write(200);
            byte[] bytes = {1, 2, 3, 4};
            out.write(bytes, 1, 2);
            bytes[1] = 99;
        }
        assertThat(channel.receive()).isEqualTo(new byte[] {(byte) 200});
        assertThat(channel.receive()).isEqualTo(new byte[] {2, 3});
        channel.send(1);
        assertThat(channel.receive()).isEqualTo(1);
    }

    @Test
    void aRangeOutsideTheArrayIsRefused() {
        Channel channel = pair.coordinator().newChannel();
        byte[] bytes = new byte[5];
        assertThatThrownBy(() -> channel.outputStream().write(bytes, 0, 6))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> channel.outputStream().write(bytes, -1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> channel.writer().write(new char[5], 2, 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> channel.inputStream().read(bytes, 4, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> channel.reader().read(new char[5], 4, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    @DisplayName("H25 writing after the task has ended is an I/O error")
    void writingAfterTheEnd() {
        Channel channel = pair.start(task -> {});
        channel.waitClose(LONG);
        assertThatThrownBy(() -> channel.writer().write("x"))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> channel.outputStream().write(1))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(ChannelClosedException.class);
    }

    @Test
    @DisplayName("H26 a stream that closes its channel does so; within a task that is an error")
    void closesTheChannel() throws IOException {
        for (int i = 0; i < 4; i++) {
            Channel channel = pair.coordinator().newChannel();
            switch (i) {
                case 0 -> channel.writer(true).close();
                case 1 -> channel.outputStream(true).close();
                case 2 -> channel.reader(true).close();
                default -> channel.inputStream(true).close();
            }
            assertThat(channel.isClosed()).isTrue();
        }
        Channel task = pair.start(channel -> channel.writer(true).close());
        assertThatThrownBy(() -> task.waitClose(LONG))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("explicit close");
    }

    @Test
    @DisplayName("H27 a stream reads exact sizes across and within items")
    void exactSizes() throws IOException {
        Channel channel = pair.start(task -> {
            task.send(new byte[] {0, 1, 2, 3, 4});
            task.send(new byte[0]);
            task.send(null);
            task.send(new byte[] {5, (byte) 255});
            task.send("left for others");
        });
        InputStream in = channel.inputStream();
        assertThat(in.readNBytes(2)).containsExactly(0, 1);
        assertThat(in.available()).isEqualTo(3);
        assertThat(in.read(new byte[0])).isZero();
        assertThat(in.readNBytes(4)).containsExactly(2, 3, 4, 5);
        assertThat(in.read()).isEqualTo(255);
        assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("String");
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    @DisplayName("H27 a reader reads exact sizes across and within items")
    void exactSizesOfText() throws IOException {
        Channel channel = pair.start(task -> {
            task.send("hello");
            task.send("");
            task.send("world");
        });
        Reader reader = channel.reader();
        char[] three = new char[3];
        assertThat(reader.read(three)).isEqualTo(3);
        assertThat(three).containsExactly('h', 'e', 'l');
        assertThat(reader.read(three, 0, 0)).isZero();
        assertThat(reader.read(three)).isEqualTo(2);
        assertThat(reader.read(three)).isEqualTo(3);
        assertThat(three).containsExactly('w', 'o', 'r');
    }

    @Test
    @DisplayName("H28 reading after the close gives the end, repeatedly")
    void readingAfterTheClose() throws IOException {
        Channel channel = pair.start(task -> {});
        for (int i = 0; i < 3; i++) {
            assertThat(channel.inputStream().read()).isEqualTo(-1);
            assertThat(channel.inputStream().readAllBytes()).isEmpty();
            assertThat(channel.reader().read()).isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("H29 lines left queued after the close can be read, the last without its newline")
    void lines() throws IOException {
        Channel channel = pair.start(task -> {
            task.send("first li");
            task.send("ne\nsecond line\nlast");
            task.send(" line");
        });
        channel.waitClose(LONG);
        BufferedReader reader = new BufferedReader(channel.reader());
        assertThat(reader.readLine()).isEqualTo("first line");
        assertThat(reader.readLine()).isEqualTo("second line");
        assertThat(reader.readLine()).isEqualTo("last line");
        assertThat(reader.readLine()).isNull();
        assertThat(reader.readLine()).isNull();
    }

    @Test
    void aTasksErrorAndALossAreNoEndOfTheStream() throws IOException {
        Channel failed = pair.start(task -> {
            task.send(new byte[] {1});
            throw new IllegalStateException("oops");
        });
        InputStream in = failed.inputStream();
        assertThat(in.read()).isEqualTo(1);
        assertThatThrownBy(in::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("oops")
                .hasCauseInstanceOf(RemoteTaskException.class);
        assertThat(in.read()).isEqualTo(-1);
        Channel lost = pair.start(Channel::receive);
        pair.killWorker();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(lost.inputStream()::read).hasCauseInstanceOf(GatewayLostException.class);
            assertThatThrownBy(lost.reader()::read).hasCauseInstanceOf(GatewayLostException.class);
        }
    }
}
