package execnet4j.transport;

import execnet4j.channel.Channel;
import execnet4j.error.ChannelClosedException;
import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.WorkerDiagnosis;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A process that another gateway's worker has started, its streams and its end. Any thread. */
public final class Relay {
    /** A larger write goes in pieces, so that the worker on the way never holds more of it than its window and a piece. */
    private static final int CHUNK = 1 << 16;

    private static final byte[] END = {};
    private static final Integer KILL = 9;
    private static final Duration FOR_A_KILL = Duration.ofSeconds(1);

    private final Hop hop;
    private final Channel channel;
    private final Channel errors;
    private final Channel control;
    private final CompletableFuture<OptionalInt> end = new CompletableFuture<>();
    private final InputStream output = new Output();
    private final OutputStream input = new Input();

    Relay(Hop hop, Channel channel, Channel errors, Channel control) {
        this.hop = hop;
        this.channel = channel;
        this.errors = errors;
        this.control = control;
        control.setCallback(this::told, END);
    }

    private void told(Object item) {
        end.complete(item instanceof Integer status ? OptionalInt.of(status) : OptionalInt.empty());
    }

    /**
     * What the process writes to its standard output.
     *
     * @return its end is the process's, or that of the way to it, which is an {@link IOException} that says so
     */
    public InputStream output() {
        return output;
    }

    /**
     * What the process reads.
     *
     * @return closing it ends the process's input, and nothing else
     */
    public OutputStream input() {
        return input;
    }

    InputStream errors() {
        return errors.inputStream();
    }

    /**
     * Completes when the process has ended, or the way to it.
     *
     * @return with the exit status, empty if only the way has ended
     */
    public CompletableFuture<OptionalInt> end() {
        return end;
    }

    /** Has the process and its session killed; does nothing where the way is gone. Waits for a second at most, and not for the end. */
    public void kill() {
        try {
            control.send(KILL, FOR_A_KILL);
        } catch (ExecnetException e) {
            // It has ended, or ends with the worker that started it, which cannot be told any more.
        }
    }

    private IOException broken(ExecnetException e) {
        String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (e instanceof GatewayLostException lost) {
            String status = lost.diagnosis()
                    .map(WorkerDiagnosis::statusInWords)
                    .map(words -> " (" + words + ")")
                    .orElse("");
            return new IOException("its way leads through gateway " + hop.id() + ", and " + why + status, e);
        }
        return new IOException("gateway " + hop.id() + ", which it goes through, says: " + why, e);
    }

    private final class Output extends InputStream {
        private byte[] item = END;
        private int position;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (position == item.length && !fill()) {
                return -1;
            }
            int count = Math.min(length, item.length - position);
            System.arraycopy(item, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return item.length - position;
        }

        private boolean fill() throws IOException {
            try {
                byte[] next = ended ? END : channel.receive(byte[].class);
                item = next == null ? END : next;
            } catch (GatewayLostException e) {
                throw broken(e);
            } catch (ChannelClosedException e) {
                item = END;
            } catch (ExecnetException e) {
                throw broken(e);
            }
            position = 0;
            ended = item.length == 0;
            return !ended;
        }
    }

    private final class Input extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            send(new byte[] {(byte) one});
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, source.length);
            for (int at = offset; at < offset + length; at += CHUNK) {
                send(Arrays.copyOfRange(source, at, Math.min(at + CHUNK, offset + length)));
            }
        }

        @Override
        public void close() throws IOException {
            send(END);
        }

        private void send(byte[] bytes) throws IOException {
            try {
                channel.send(bytes);
            } catch (ExecnetException e) {
                throw broken(e);
            }
        }
    }
}
