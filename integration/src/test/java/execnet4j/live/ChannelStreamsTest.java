package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.channel.Channel;
import execnet4j.error.RemoteTaskException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OverEveryPeer
class ChannelStreamsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Parameter
    PeerKind kind = PeerKind.MEMORY;

    private Peer peer() {
        return kind.peer();
    }

    @Test
    @DisplayName("H24 writing to a channel's writer sends the text; closing the writer leaves the channel open")
    void writer() throws IOException {
        Channel channel = peer().exec(
                        remote -> {
                            Writer writer = remote.writer();
                            writer.write("one");
                            writer.write("_two_", 1, 3);
                            writer.write('3');
                            writer.flush();
                            writer.close();
                            remote.send(42);
                        },
                        """
                file = channel.makefile('w')
                for text in 'one', 'two', '3':
                    file.write(text)
                file.flush()
                file.close()
                channel.send(42)
                """);

        assertThat(channel.receive(SOON)).isEqualTo("one");
        assertThat(channel.receive(SOON)).isEqualTo("two");
        assertThat(channel.receive(SOON)).isEqualTo("3");
        assertThat(channel.receive(SOON)).isEqualTo(42);
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("H24 the same with bytes, which an OutputStream sends")
    void outputStream() throws IOException {
        Channel channel = peer().exec(
                        remote -> {
                            OutputStream out = remote.outputStream();
                            out.write(new byte[] {1, 2, 3});
                            out.write(4);
                            out.close();
                            remote.send("open");
                        },
                        """
                file = channel.makefile('w')
                file.write(bytes([1, 2, 3]))
                file.write(bytes([4]))
                file.close()
                channel.send('open')
                """);

        assertThat(channel.receive(SOON)).isEqualTo(new byte[] {1, 2, 3});
        assertThat(channel.receive(SOON)).isEqualTo(new byte[] {4});
        assertThat(channel.receive(SOON)).isEqualTo("open");
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("H25 writing after the task ended is an IOException")
    void writeAfterEnd() {
        Channel channel = peer().exec(remote -> {}, "pass");
        channel.waitClose(SOON);

        assertThatThrownBy(() -> channel.writer().write("too late")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> channel.outputStream().write(1)).isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("H26 where closing the stream closes the channel, it does so")
    void closesChannel() throws IOException {
        Channel channel = peer().newChannel();
        channel.writer(true).close();
        assertThat(channel.isClosed()).isTrue();

        Channel bytes = peer().newChannel();
        bytes.inputStream(true).close();
        assertThat(bytes.isClosed()).isTrue();

        Channel kept = peer().newChannel();
        kept.reader(false).close();
        kept.outputStream().close();
        assertThat(kept.isClosed()).isFalse();
        kept.close();
    }

    @Test
    @DisplayName("H26 inside a task such a close is an error, as every explicit close of the task's channel")
    void closesChannelInTask() {
        Channel channel =
                peer().exec(remote -> remote.writer(true).close(), "channel.makefile('w', proxyclose=True).close()");

        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("explicit");
    }

    @Test
    @DisplayName("H27 a stream reads exact sizes across and within items")
    void exactSizes() throws IOException {
        Channel channel = peer().exec(
                        remote -> {
                            remote.send("abcde".getBytes(StandardCharsets.US_ASCII));
                            remote.send(new byte[0]);
                            remote.send("fgh".getBytes(StandardCharsets.US_ASCII));
                        },
                        "for content in b'abcde', b'', b'fgh': channel.send(content)");
        InputStream in = channel.inputStream();

        assertThat(new String(in.readNBytes(2), StandardCharsets.US_ASCII)).isEqualTo("ab");
        assertThat(new String(in.readNBytes(5), StandardCharsets.US_ASCII)).isEqualTo("cdefg");
        assertThat(in.read()).isEqualTo('h');
        assertThat(in.read()).isEqualTo(-1);
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("H28 reading after the close gives the end, repeatedly")
    void readAfterClose() throws IOException {
        Channel channel = peer().exec(remote -> {}, "pass");
        channel.waitClose(SOON);
        InputStream in = channel.inputStream();
        Reader reader = channel.reader();

        for (int i = 0; i < 3; i++) {
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.readAllBytes()).isEmpty();
            assertThat(reader.read(new char[4])).isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("H29 lines can be read of what was left queued at the close, also a last one without its end")
    void lines() throws IOException {
        Channel channel = peer().exec(
                        remote -> {
                            Writer writer = remote.writer();
                            writer.write("first li");
                            writer.write("ne\nsecond line\nlast");
                        },
                        """
                file = channel.makefile('w')
                file.write('first li')
                file.write('ne' + chr(10) + 'second line' + chr(10) + 'last')
                """);
        channel.waitClose(SOON);

        BufferedReader lines = new BufferedReader(channel.reader());

        assertThat(lines.readLine()).isEqualTo("first line");
        assertThat(lines.readLine()).isEqualTo("second line");
        assertThat(lines.readLine()).isEqualTo("last");
        assertThat(lines.readLine()).isNull();
    }

    @Test
    void anErrorOfTheTaskIsAnIoExceptionOfItsStreamNotAnEarlyEnd() {
        Channel channel = peer().exec(
                        remote -> {
                            remote.send(new byte[] {1});
                            throw new IllegalStateException("half a file");
                        },
                        """
                channel.send(bytes([1]))
                raise ValueError('half a file')
                """);
        InputStream in = channel.inputStream();

        assertThatThrownBy(in::readAllBytes)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("half a file")
                .hasCauseInstanceOf(RemoteTaskException.class);
    }

    @Test
    void textInAStreamOfBytesIsAnIoException() {
        Channel channel = peer().exec(remote -> remote.send("text"), "channel.send('text')");

        assertThatThrownBy(() -> channel.inputStream().read()).isInstanceOf(IOException.class);
        channel.waitClose(SOON);
    }
}
