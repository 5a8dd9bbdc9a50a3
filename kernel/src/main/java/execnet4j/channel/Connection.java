package execnet4j.channel;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.DumpException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.LoadException;
import execnet4j.serial.ReadOptions;
import execnet4j.text.HarmlessText;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import execnet4j.wire.FrameWriter;
import execnet4j.wire.MovableInput;
import execnet4j.wire.Trace;
import execnet4j.wire.Wire;
import execnet4j.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One end of a gateway's wire: frames in, frames out, and the channels between. Programs meet it only as
 * {@link Channel}s; it is public for the code that brings the streams, a gateway or a worker.
 *
 * <p>Two threads: the reader parses frames and hands them to channels, runs no user code, writes nothing and never waits
 * for a channel; on a wire that can be polled a thread that waits in a channel may do its work meanwhile
 * ({@link ReaderRole}). The writer ({@link FrameWriter}) is the only one to touch the output. Whatever ends the connection
 * goes through {@link ConnectionEnd}.
 */
public final class Connection {
    private static final Cleaner CLEANER = Cleaner.create();

    private final ConnectionSettings settings;
    private final ConnectionHost host;
    private final Trace trace;
    private final MovableInput input;
    private final ReaderRole reader;
    private final FrameWriter writer;
    private final ChannelTable channels;
    private final ChannelValues values;
    private final FrameDispatch dispatch;
    private final ConnectionEnd end;
    private final WireMove move;

    /** Something has come since this was last reset. */
    private final AtomicBoolean heard = new AtomicBoolean();

    /**
     * Joins two streams; nothing moves before {@link #start}.
     *
     * @param in from the peer; needs no buffering of its own
     * @param out to the peer; needs no buffering of its own, is closed by {@link #finish}
     * @param settings fixed for the life of the connection
     * @param host what it serves
     */
    public Connection(InputStream in, OutputStream out, ConnectionSettings settings, ConnectionHost host) {
        this(Wire.of(in, out), settings, host);
    }

    /**
     * Takes a connected socket; nothing moves before {@link #start}.
     *
     * @param socket to the peer; belongs to the connection from now on, which closes it at its end
     * @param settings fixed for the life of the connection
     * @param host what it serves
     * @throws IOException if the socket is closed, or the system has no descriptors left
     */
    public Connection(SocketChannel socket, ConnectionSettings settings, ConnectionHost host) throws IOException {
        this(Wire.of(socket), settings, host);
    }

    private Connection(Wire wire, ConnectionSettings settings, ConnectionHost host) {
        this.input = new MovableInput(wire.input());
        this.settings = settings;
        this.host = host;
        this.trace = Trace.ofEnvironment(settings.id());
        this.writer = new FrameWriter(wire.output(), trace);
        // On the way to a worker's first answer there are classes in place of lambdas: see docs/adr/0011.
        this.reader = new ReaderRole(
                input,
                new ReaderRole.FrameTaker() {
                    @Override
                    public @Nullable String take(Frame frame) throws IOException {
                        return Connection.this.take(frame);
                    }
                },
                new Runnable() {
                    @Override
                    public void run() {
                        hear();
                    }
                });
        this.channels = new ChannelTable(this, settings);
        this.values = new ChannelValues(this, channels, settings);
        this.end = new ConnectionEnd(settings, host, trace, reader, writer, channels);
        this.move = new WireMove(input, writer);
        this.dispatch = new FrameDispatch(this, channels, values, host, settings.extensions());
    }

    /** Starts the reader and the writer. */
    public void start() {
        DaemonThreads.start("execnet4j-reader-" + settings.id(), new Runnable() {
            @Override
            public void run() {
                read();
            }
        });
        DaemonThreads.start("execnet4j-writer-" + settings.id(), new Runnable() {
            @Override
            public void run() {
                write();
            }
        });
    }

    /**
     * Opens a channel that no task is bound to.
     *
     * @return a new open channel
     * @throws execnet4j.error.GatewayLostException if the connection is gone
     */
    public Channel newChannel() {
        Channel channel = channels.open();
        try {
            requireLive();
        } catch (GatewayLostException e) {
            channels.remove(channel);
            throw e;
        }
        return channel;
    }

    /**
     * Checks that frames still come.
     *
     * @throws GatewayLostException if the connection is lost or ended
     */
    public void requireLive() {
        end.requireLive();
    }

    /**
     * Has the peer run code. Waits while too much waits to be written to it, not for anything that it does.
     *
     * @param payload the code, encoded
     * @return the channel to the task
     * @throws execnet4j.error.GatewayLostException if the connection is gone
     * @throws ChannelInterruptedException if interrupted; nothing was sent
     */
    public Channel exec(byte[] payload) {
        return request(FrameType.EXEC, payload, Deadline.NEVER);
    }

    /**
     * As {@link #exec(byte[])}, waiting no longer than a timeout.
     *
     * @param payload the code, encoded
     * @param timeout how long to wait
     * @return the channel to the task
     * @throws ChannelTimeoutException if it ran out; nothing was sent
     */
    public Channel exec(byte[] payload, Duration timeout) {
        return request(FrameType.EXEC, payload, Deadline.in(timeout));
    }

    /**
     * Asks the peer for its status. Waits while too much waits to be written to it, not for the answer.
     *
     * @return a channel that brings one map, then closes
     * @throws execnet4j.error.GatewayLostException if the connection is gone
     * @throws ChannelInterruptedException if interrupted; nothing was sent
     */
    public Channel status() {
        return request(FrameType.STATUS, new byte[0], Deadline.NEVER);
    }

    /**
     * As {@link #status()}, waiting no longer than a timeout.
     *
     * @param timeout how long to wait until it can be asked
     * @return a channel that brings one map, then closes
     * @throws ChannelTimeoutException if it ran out; nothing was sent
     */
    public Channel status(Duration timeout) {
        return request(FrameType.STATUS, new byte[0], Deadline.in(timeout));
    }

    private Channel request(byte type, byte[] payload, Deadline deadline) {
        Channel channel = newChannel();
        if (type == FrameType.EXEC) {
            channel.toTask();
        }
        boolean sent = false;
        try {
            sent = put(new Frame(type, channel.id(), payload), deadline, () -> true);
        } finally {
            if (!sent) {
                channels.remove(channel);
            }
        }
        if (!sent) {
            throw new ChannelTimeoutException(
                    "gateway " + settings.id() + ": timed out: nothing that is sent to the worker is read");
        }
        return channel;
    }

    /**
     * Sends a frame of an extension or of the protocol. Does not wait.
     *
     * @param type one of {@link FrameType}
     * @param id the channel or request it belongs to
     * @param payload its content, not copied
     */
    public void send(byte type, int id, byte[] payload) {
        offer(new Frame(type, id, payload));
    }

    /**
     * Sends a frame of an extension, waiting while too much waits to be written to the peer.
     *
     * @param type one of {@link FrameType}
     * @param id the channel or request it belongs to
     * @param payload its content, not copied
     * @throws execnet4j.error.GatewayLostException if the connection is gone
     * @throws ChannelInterruptedException if interrupted; nothing was sent
     */
    public void sendWithRoom(byte type, int id, byte[] payload) {
        boolean unused = put(new Frame(type, id, payload), Deadline.NEVER, () -> true);
    }

    /**
     * Closes a task's channel, at its end.
     *
     * @param channel what {@link ConnectionHost#exec} gave
     * @param error the traceback, or null if the task ended well
     */
    public void endTask(Channel channel, @Nullable String error) {
        channel.taskEnded(error);
    }

    /**
     * Closes every open channel with an error, because this process is about to end.
     *
     * @param error what the other side is told
     */
    public void closeAll(String error) {
        channels.all().forEach(channel -> channel.taskEnded(error));
    }

    /**
     * Channels that are open.
     *
     * @return their number
     */
    public int channelCount() {
        return channels.size();
    }

    /**
     * Sends over a socket what is sent from now on, and says so where it went before. Does not wait.
     *
     * @param socket to the same peer; belongs to the connection from now on
     * @throws IOException if the socket cannot be used; then nothing is changed
     */
    public void sendOn(SocketChannel socket) throws IOException {
        move.sendOn(socket);
    }

    /**
     * Receives over that socket what comes from now on. For {@link ConnectionHost#extension}, when the peer has said that it sends
     * there.
     *
     * @return false if there is none, and then the peer has broken the protocol
     * @throws IOException if the old wire cannot be closed
     */
    public boolean receiveOn() throws IOException {
        return move.receiveOn();
    }

    /**
     * Whether frames still come.
     *
     * @return false once the connection is lost or ended
     */
    public boolean isLive() {
        return end.isLive();
    }

    /**
     * Completes when the connection is over and all its channels know.
     *
     * @return with the reason; never exceptionally
     */
    public CompletableFuture<Loss> ended() {
        return end.told();
    }

    /** Tells the peer that this end is there, unless something is on its way to it already. Does not wait. */
    void beat() {
        if (!writer.isAnyWaiting()) {
            offer(new Frame(FrameType.HEARTBEAT, 0));
        }
    }

    /** Whether anything, and be it part of a frame, has come since this was last asked. */
    boolean heardMore() {
        return heard.getAndSet(false);
    }

    /**
     * Asks the peer to end and closes the output after what is queued for it. Does not wait.
     *
     * @see #ended()
     */
    public void terminatePeer() {
        end.terminated();
        offer(new Frame(FrameType.TERMINATE, 0));
        writer.finish();
    }

    /**
     * Closes the output after what is queued for it, and waits for that.
     *
     * @param timeout how long to wait
     * @return false if the peer did not take it in time
     * @throws InterruptedException if interrupted
     */
    public boolean finish(Duration timeout) throws InterruptedException {
        writer.finish();
        return writer.awaitClosed(Deadline.in(timeout));
    }

    /**
     * Ends the connection because of something the reader cannot see, such as the exit of the peer's process; what the
     * peer had already written is still read, for at most a second.
     *
     * @param reason what was noticed
     */
    public void peerGone(String reason) {
        end.peerGone(reason);
    }

    /**
     * Ends the connection because the peer did what no peer of ours does. For any thread but the reader, which throws.
     * Does not wait: to find out about a peer's end may take longer than the caller is willing to.
     *
     * @param what the peer did
     * @param cause the failure below
     */
    public void violated(String what, Throwable cause) {
        DaemonThreads.pool().execute(() -> end.lose("the peer broke the protocol: " + what, cause));
    }

    /**
     * A value as a payload of this connection.
     *
     * @param value what a channel may carry
     * @return its bytes
     * @throws DumpException if it cannot be sent
     */
    public byte[] encode(@Nullable Object value) {
        return values.encode(value);
    }

    /**
     * A payload of this connection, other than an item of a channel, as a value. A wish to read strings otherwise is not
     * for these.
     *
     * @param payload the bytes
     * @return the value
     * @throws LoadException if they are none
     */
    public @Nullable Object decode(byte[] payload) {
        return values.decode(payload);
    }

    Endpoint endpoint() {
        return host.endpoint();
    }

    Trace trace() {
        return trace;
    }

    @Nullable
    Object decode(Item item, @Nullable ReadOptions ofChannel) {
        try {
            return values.decode(item, ofChannel);
        } catch (LoadException e) {
            violated("an item is no value: " + e.getMessage(), e);
            throw e;
        }
    }

    Outgoing encodeItem(int channelId, @Nullable Object value) {
        return values.encodeItem(channelId, value);
    }

    /** Queues a frame when there is room; false if the deadline passed or it is not wanted any more. */
    boolean put(Frame frame, Deadline deadline, BooleanSupplier wanted) {
        try {
            return writer.put(frame, deadline, wanted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelInterruptedException("interrupted in send", e);
        } catch (IOException e) {
            throw end.unwritable(e, deadline).toException();
        }
    }

    /** A channel was closed: who waits to send on it need not wait any more. */
    void wakeSenders() {
        writer.reconsider();
    }

    /** Queues a frame now; if nothing can be written any more, the connection's end will tell everybody. */
    void offer(Frame frame) {
        try {
            writer.offer(frame);
        } catch (WireException e) {
            DaemonThreads.pool().execute(() -> end.lose(String.valueOf(e.getMessage()), e));
        } catch (IOException e) {
            trace.event(() -> "not sent: " + frame + ": " + e);
        }
    }

    void announceCredit(int channelId, long bytes) {
        if (bytes > 0 && settings.extensions()) {
            offer(Frame.credit(channelId, bytes));
        }
    }

    Frame closeError(int channelId, String text) {
        return new Frame(FrameType.CLOSE_ERROR, channelId, encode(HarmlessText.of(text)));
    }

    /** Channels that the peer makes this end keep, open or named by items that nobody has taken. */
    int channelsOfPeer() {
        return channels.ofPeer();
    }

    /** Takes a closed channel out of the table. */
    void forget(Channel channel) {
        channels.remove(channel);
    }

    /** Items that wait in a closed channel use the budget; their share comes back when they are taken, or with the garbage. */
    void returnWithGarbage(Channel channel, @Nullable ReceiveWindow unreturned) {
        if (unreturned != null) {
            CLEANER.register(channel, unreturned::abandon);
        }
    }

    /** More came than the sender had credit for: a broken peer of ours, or a stock peer that knows no credit. */
    void overflow(Channel channel, int refusedBytes) throws WireException {
        if (settings.extensions()) {
            throw new WireException("it sent on " + channel + " without credit");
        }
        channel.refuse(refusedBytes);
    }

    /** The reader thread. Whatever ends it, the host hears of it, with memory or without. */
    private void read() {
        try {
            reader.keep();
        } finally {
            host.inputEnded();
            end.allRead();
        }
        end.lose(reader.reason(), reader.cause());
        try {
            input.close();
        } catch (IOException e) {
            trace.event(() -> "not closed: " + e);
        }
    }

    /** Whoever reads: does what a frame says; the result, if any, is why no more are wanted. */
    private @Nullable String take(Frame frame) throws IOException {
        trace.received(frame);
        if (frame.type() == FrameType.TERMINATE) {
            host.terminate();
            return "the peer ended the gateway";
        }
        if (move.isWorthwhileFrom(frame)) {
            host.busy();
        }
        dispatch.handle(frame);
        return null;
    }

    /** Whoever reads: something has come. */
    private void hear() {
        writer.answered();
        if (!heard.get()) {
            heard.set(true);
        }
    }

    /** Who reads; for a thread that waits for what comes. */
    ReaderRole reader() {
        return reader;
    }

    /** The writer thread. */
    private void write() {
        writer.run();
        IOException failure = writer.failure();
        if (failure != null) {
            peerGone("nothing can be written to the peer: " + failure.getMessage());
        }
    }
}
