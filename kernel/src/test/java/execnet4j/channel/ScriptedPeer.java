package execnet4j.channel;

import execnet4j.serial.ChannelResolver;
import execnet4j.serial.ReadOptions;
import execnet4j.serial.ValueReader;
import execnet4j.serial.ValueWriter;
import execnet4j.serial.WriteOptions;
import execnet4j.testing.BytePipe;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameReader;
import execnet4j.wire.FrameType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The other end of one connection, played by a test frame by frame: it can cut a frame short, stop reading, close, and send
 * what no peer should. It reads nothing unless the test takes it.
 */
final class ScriptedPeer implements AutoCloseable {
    private static final int BARRIER = 0x3fff_0000;

    private final BytePipe toConnection = BytePipe.of(1 << 16);
    private final BytePipe fromConnection = BytePipe.readByTest(1 << 16);
    private final FrameReader in = new FrameReader(fromConnection.input());
    private final OutputStream out = toConnection.output();
    private final TestHost host;
    private final Connection connection;
    private int barriers;

    private ScriptedPeer(ConnectionSettings settings) {
        host = new TestHost(settings);
        connection = new Connection(toConnection.input(), fromConnection.output(), settings, host);
        host.connection(connection);
        connection.start();
    }

    /** A worker of ours, so the connection is a coordinator's. */
    static ScriptedPeer worker(long byteBudget) {
        return new ScriptedPeer(new ConnectionSettings("gw0", true, true, false, byteBudget));
    }

    static ScriptedPeer worker() {
        return worker(1 << 20);
    }

    /** A worker that knows no extensions. */
    static ScriptedPeer stockWorker(long byteBudget) {
        return new ScriptedPeer(new ConnectionSettings("gw0", true, false, false, byteBudget));
    }

    /** A coordinator of ours, so the connection is a worker's. */
    static ScriptedPeer coordinator() {
        return new ScriptedPeer(new ConnectionSettings("gw0", false, true, false, 1 << 20));
    }

    Connection connection() {
        return connection;
    }

    TestHost host() {
        return host;
    }

    void raw(byte... bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new AssertionError("the connection does not read any more", e);
        }
    }

    void send(int type, int id, byte... payload) {
        raw(encoded(type, id, payload));
    }

    /** As much of a frame as is said. */
    void sendCut(int bytes, int type, int id, byte... payload) {
        raw(Arrays.copyOf(encoded(type, id, payload), bytes));
    }

    void value(int type, int id, @Nullable Object value) {
        send(type, id, ValueWriter.write(value, ChannelResolver.NONE, WriteOptions.DEFAULT));
    }

    void data(int id, @Nullable Object value) {
        value(FrameType.DATA, id, value);
    }

    /** An item whose frame has so many bytes in all. */
    void dataOf(int id, int frameBytes) {
        send(FrameType.DATA, id, itemOf(frameBytes));
    }

    static byte[] itemOf(int frameBytes) {
        byte[] value = new byte[frameBytes - 9 - 6];
        return ValueWriter.write(value, ChannelResolver.NONE, WriteOptions.DEFAULT);
    }

    /** An item that is a tuple of channels. */
    static byte[] channels(int... ids) {
        ByteBuffer payload = ByteBuffer.allocate(5 * ids.length + 6);
        for (int id : ids) {
            payload.put((byte) 'B').putInt(id);
        }
        return payload.put((byte) '@').putInt(ids.length).put((byte) 'Q').array();
    }

    void credit(int id, long bytes) {
        Frame frame = Frame.credit(id, bytes);
        send(frame.type(), id, frame.payload());
    }

    static byte[] encoded(int type, int id, byte... payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(ByteBuffer.allocate(9)
                .put((byte) type)
                .putInt(id)
                .putInt(payload.length)
                .array());
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The next frame that the connection sent. */
    Frame take() {
        try {
            Frame frame = in.read();
            if (frame == null) {
                throw new AssertionError("the connection closed its output");
            }
            return frame;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Frame take(int type, int id) {
        Frame frame = take();
        if (frame.type() != type || frame.channelId() != id) {
            throw new AssertionError("expected type " + type + " on " + id + ", got " + frame);
        }
        return frame;
    }

    boolean outputEnds() {
        try {
            return in.read() == null;
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Waits until the connection has handled all that was sent to it; asks for its status, which is answered in order.
     *
     * @return what it had sent meanwhile, shown as text
     */
    List<String> settle() {
        int id = BARRIER + 2 * barriers++;
        send(FrameType.STATUS, id);
        List<String> before = new ArrayList<>();
        for (Frame frame = take(); frame.channelId() != id; frame = take()) {
            before.add(describe(frame));
        }
        take(FrameType.CLOSE, id);
        return before;
    }

    static String describe(Frame frame) {
        String head = FrameType.name(frame.type()) + " " + frame.channelId();
        return switch (frame.type()) {
            case FrameType.CREDIT ->
                head + " " + ByteBuffer.wrap(frame.payload()).getLong();
            case FrameType.DATA -> head + " " + decode(frame.payload());
            case FrameType.CLOSE_ERROR ->
                head + " "
                        + String.valueOf(decode(frame.payload()))
                                .lines()
                                .findFirst()
                                .orElse("");
            default -> head;
        };
    }

    static @Nullable Object decode(byte[] payload) {
        return ValueReader.read(
                payload,
                new ChannelResolver() {
                    @Override
                    public int idOf(Object value) {
                        return NOT_A_CHANNEL;
                    }

                    @Override
                    public Object channel(int id) {
                        return "channel " + id;
                    }
                },
                ReadOptions.DEFAULT);
    }

    /** The text of an error that the connection sent for a channel. */
    String takeError(int id) {
        return String.valueOf(decode(take(FrameType.CLOSE_ERROR, id).payload()));
    }

    /** Bytes that the connection has written and the test has not taken. */
    int unread() {
        return fromConnection.waiting();
    }

    /** Says nothing more but still reads. */
    void endOutput() {
        try {
            out.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Nothing can be written to it any more. */
    void breakInput() {
        fromConnection.cut();
    }

    /** As if its process had been killed. */
    void die() {
        toConnection.cut();
        fromConnection.cut();
    }

    /** Waits for the end of the connection. */
    Loss awaitLoss() {
        try {
            return connection.ended().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the connection did not end", e);
        }
    }

    @Override
    public void close() {
        die();
        Loss unused = awaitLoss();
        try {
            connection.finish(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
