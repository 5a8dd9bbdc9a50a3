package execnet4j.channel;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.serial.ExactConversion;
import execnet4j.serial.ReadOptions;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import execnet4j.wire.WireException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An ordered, two-way stream of values between one place in the coordinator and one in a worker.
 *
 * <p>A task gets one as its argument and the starter of the task holds the other end; more are opened with
 * {@link Endpoint#newChannel()} and sent to the other side inside a value. What has arrived outlives the closing: it can
 * be received, then the task's error is thrown once, then {@link ChannelClosedException} for ever; a lost worker is a
 * {@link execnet4j.error.GatewayLostException}, and that repeats.
 *
 * <p>Any thread may call any method at any time. Every call that can block has a form with a {@link Duration}, which
 * throws {@link ChannelTimeoutException} when it runs out; an interrupted one throws {@link execnet4j.error.ChannelInterruptedException}
 * with the interrupt flag set. A channel stays in its gateway's table until it is closed, so one that no task closes has
 * to be closed by whoever opened it.
 */
/*
 * For maintainers. The state is one enum, moved on by its own pure function; whoever moves it tells the two halves, each
 * of which has a lock of its own (Inbox, SendCredit) and wakes those who wait on it. No lock is held over another one's
 * or over a call-out. The reader thread comes in through deliver, ended and credit, and never waits here.
 */
public final class Channel implements Iterable<@Nullable Object> {
    private static final Duration NO_LIMIT = Duration.ofSeconds(Long.MAX_VALUE);

    private final Connection connection;
    private final int id;
    /** A task in this process runs on it: the end of the task closes it, nothing else may. */
    private final boolean ofTask;

    private final AtomicReference<ChannelState> state = new AtomicReference<>(ChannelState.OPEN);
    private final Inbox inbox;
    private final SendCredit credit;
    private final Hold hold;

    /** How strings of Python 2 and 3 are read here; null for the connection's way. */
    private volatile @Nullable ReadOptions readOptions;

    private volatile boolean namedToPeer;

    private volatile boolean toTask;

    Channel(Connection connection, int id, boolean ofTask, long sendCredit, ReceiveWindow window, Hold hold) {
        this.connection = connection;
        this.id = id;
        this.ofTask = ofTask;
        this.inbox = new Inbox(this, window);
        this.credit = new SendCredit(this, sendCredit);
        this.hold = hold;
    }

    /**
     * The channel's number, the same at both ends of the gateway.
     *
     * @return odd if the coordinator opened it, even if the worker did
     */
    public int id() {
        return id;
    }

    /**
     * What the channel belongs to.
     *
     * @return at the coordinator its gateway, in a worker the worker's side of that
     */
    public Endpoint gateway() {
        return connection.endpoint();
    }

    /**
     * Sends a value. Returns when it is queued for writing; waits while the other side has too much unread.
     *
     * @param value what a channel may carry, see {@code docs/values.md}
     * @throws execnet4j.error.DumpException if the value cannot be sent; nothing was
     * @throws ChannelClosedException if the channel is closed
     */
    public void send(@Nullable Object value) {
        send(value, Deadline.NEVER);
    }

    /**
     * As {@link #send(Object)}, waiting no longer than a timeout.
     *
     * @param value what a channel may carry
     * @param timeout how long to wait for the other side to take what it has
     * @throws ChannelTimeoutException if it ran out; nothing was sent
     */
    public void send(@Nullable Object value, Duration timeout) {
        send(value, Deadline.in(timeout));
    }

    private void send(@Nullable Object value, Deadline deadline) {
        Outgoing item = connection.encodeItem(id, value);
        int cost = item.frame.encodedLength();
        credit.take(cost, deadline);
        boolean sent = false;
        try {
            sent = connection.put(item.frame, deadline, credit);
        } finally {
            if (!sent) {
                credit.give(cost);
            }
        }
        if (!sent) {
            credit.requireOpen();
            throw new ChannelTimeoutException(this + ": timed out in send: nothing that is sent to the worker is read");
        }
        for (Channel each : item.named) {
            each.closeAgain();
        }
    }

    /** If it was closed before an item that names it was queued, the peer has opened it anew and must hear so again. */
    private void closeAgain() {
        if (isClosed()) {
            connection.offer(new Frame(FrameType.CLOSE, id));
        }
    }

    /** It is about to be sent inside a value, with a number of ours. */
    void namedToPeer() {
        namedToPeer = true;
    }

    /** A task at the other side runs on it. */
    void toTask() {
        toTask = true;
    }

    boolean isToTask() {
        return toTask;
    }

    boolean isNamedToPeer() {
        return namedToPeer;
    }

    /** The peer has closed it. A value on its way may name it, and have the peer open it anew. */
    void peerClosed(Ending why) {
        if (ended(ChannelState.Event.PEER_CLOSE, why) && isNamedToPeer()) {
            connection.offer(new Frame(FrameType.CLOSE, id));
        }
    }

    /**
     * The next item; waits for it.
     *
     * @return the value, which may be null
     * @throws execnet4j.error.RemoteTaskException if the task failed, once, after the items it sent
     * @throws ChannelClosedException if no more items come; it repeats
     * @throws IllegalStateException if a callback is set
     */
    public @Nullable Object receive() {
        return receive(Deadline.NEVER);
    }

    /**
     * As {@link #receive()}, waiting no longer than a timeout.
     *
     * @param timeout how long to wait; zero looks only at what has come already
     * @return the value, which may be null
     * @throws ChannelTimeoutException if it ran out; an item that comes later can still be received
     */
    public @Nullable Object receive(Duration timeout) {
        return receive(Deadline.in(timeout));
    }

    /**
     * The next item, as a type. Numbers are converted if that is exact.
     *
     * @param type what the value shall be; {@code int.class} is {@code Integer.class}
     * @param <T> that type
     * @return the value, null if null was sent
     * @throws execnet4j.error.DataFormatException if it is of another type or a number that does not fit; the item is
     *     gone
     */
    public <T> @Nullable T receive(Class<T> type) {
        return ExactConversion.convert(receive(), type);
    }

    /**
     * As {@link #receive(Class)}, waiting no longer than a timeout.
     *
     * @param type what the value shall be
     * @param timeout how long to wait
     * @param <T> that type
     * @return the value, null if null was sent
     * @throws ChannelTimeoutException if it ran out
     */
    public <T> @Nullable T receive(Class<T> type, Duration timeout) {
        return ExactConversion.convert(receive(timeout), type);
    }

    private @Nullable Object receive(Deadline deadline) {
        Item item = inbox.take(deadline);
        if (item == Item.END) {
            throw inbox.ending().asClosed(this);
        }
        return decode(item);
    }

    /** As {@link #receive(Duration)}, but an ordinary end of the stream is {@link Item#END}. */
    Item receiveItem(Duration timeout) {
        return inbox.take(Deadline.in(timeout));
    }

    /**
     * The items, as they come; {@code hasNext} waits for one. Ends quietly when the channel was closed in the ordinary
     * way; a task's error and a lost gateway are thrown from it.
     *
     * @return takes the items out of the channel
     */
    @Override
    public Iterator<@Nullable Object> iterator() {
        return new ChannelIterator(this, NO_LIMIT);
    }

    /**
     * As {@link #iterator()}, waiting for each item no longer than a timeout.
     *
     * @param timeout how long {@code hasNext} and {@code next} wait each time
     * @return takes the items out of the channel; throws a {@link ChannelTimeoutException} when the timeout runs out, and can
     *     then be asked again
     */
    public Iterator<@Nullable Object> iterator(Duration timeout) {
        return new ChannelIterator(this, timeout);
    }

    /**
     * Hands every item to a callback: first those that wait, then each as it comes, in order, one at a time, on a thread
     * of a pool. A slow callback holds up this channel alone. One that throws closes the channel, and the other side gets
     * the traceback. {@code receive} is refused from now on.
     *
     * @param callback gets each value
     * @throws IllegalStateException if a callback was set before
     */
    public void setCallback(Consumer<@Nullable Object> callback) {
        inbox.consumer(new CallbackRun(this, inbox, callback, () -> {}, DaemonThreads.pool()));
    }

    /**
     * As {@link #setCallback(Consumer)}, and at the end of the channel, however it ends, the callback gets the endmarker:
     * exactly once, last.
     *
     * @param callback gets each value, then the endmarker
     * @param endMarker any object, null too; it is not sent anywhere
     * @throws IllegalStateException if a callback was set before
     */
    public void setCallback(Consumer<@Nullable Object> callback, @Nullable Object endMarker) {
        inbox.consumer(new CallbackRun(this, inbox, callback, () -> callback.accept(endMarker), DaemonThreads.pool()));
    }

    /**
     * Waits until the other side has closed the channel (a task closes it by ending), and the last callback has run.
     * Items that wait stay receivable.
     *
     * @throws execnet4j.error.RemoteTaskException if the task failed and nobody was told yet
     * @throws execnet4j.error.GatewayLostException if the worker is gone
     * @throws IllegalStateException if called within the channel's own callback, which would wait for itself
     */
    public void waitClose() {
        inbox.awaitEnd(Deadline.NEVER);
    }

    /**
     * As {@link #waitClose()}, waiting no longer than a timeout.
     *
     * @param timeout how long to wait
     * @throws ChannelTimeoutException if it ran out
     */
    public void waitClose(Duration timeout) {
        inbox.awaitEnd(Deadline.in(timeout));
    }

    /**
     * Whether it is closed in both directions.
     *
     * @return true once either side has closed it, its task has ended or the worker is gone; items may still wait
     */
    public boolean isClosed() {
        return state.get() == ChannelState.CLOSED;
    }

    /**
     * Closes both directions. Items that wait stay receivable. Closing a closed channel does nothing.
     *
     * @throws IllegalStateException in the task that the channel was made for: that one closes by ending
     */
    public void close() {
        refuseInTask();
        closeHere(new Ending.Closed(Ending.By.US), new Frame(FrameType.CLOSE, id));
    }

    /**
     * Closes both directions with an error: the other side's {@code receive} or {@code waitClose} throws it as a
     * {@link execnet4j.error.RemoteTaskException}, and so does {@code waitClose} on this side.
     *
     * @param error the text of the error
     * @throws IllegalStateException in the task that the channel was made for: that one fails by throwing
     */
    public void close(String error) {
        refuseInTask();
        closeHere(new Ending.Failed(error, Ending.By.US), connection.closeError(id, error));
    }

    private void refuseInTask() {
        if (ofTask) {
            throw new IllegalStateException(
                    "an explicit close of the task's own channel is refused: it closes when the task ends");
        }
    }

    /**
     * The items as bytes: each must be a {@code byte[]}. Reading past the last gives the end of the stream.
     *
     * @return takes the items out of the channel; closing it leaves the channel open
     */
    public InputStream inputStream() {
        return inputStream(false);
    }

    /**
     * As {@link #inputStream()}.
     *
     * @param closesChannel whether closing the stream closes the channel
     * @return takes the items out of the channel
     */
    public InputStream inputStream(boolean closesChannel) {
        return inputStream(closesChannel, NO_LIMIT);
    }

    /**
     * As {@link #inputStream(boolean)}, waiting no longer than a timeout in each call.
     *
     * @param closesChannel whether closing the stream closes the channel
     * @param timeout how long each read waits for an item; when it runs out the call throws an {@link java.io.IOException}
     *     whose cause is a {@link ChannelTimeoutException}, and can be made again
     * @return takes the items out of the channel
     */
    public InputStream inputStream(boolean closesChannel, Duration timeout) {
        return new ChannelInputStream(this, closesChannel, timeout);
    }

    /**
     * Sends what is written as {@code byte[]} items, one for each write. Not buffered.
     *
     * @return its writes throw {@link java.io.IOException} once the channel is closed; closing it leaves the channel open
     */
    public OutputStream outputStream() {
        return outputStream(false);
    }

    /**
     * As {@link #outputStream()}.
     *
     * @param closesChannel whether closing the stream closes the channel
     * @return sends what is written
     */
    public OutputStream outputStream(boolean closesChannel) {
        return outputStream(closesChannel, NO_LIMIT);
    }

    /**
     * As {@link #outputStream(boolean)}, waiting no longer than a timeout in each call.
     *
     * @param closesChannel whether closing the stream closes the channel
     * @param timeout how long each write waits for the other side to take what it has; when it runs out the call throws an {@link java.io.IOException}
     *     whose cause is a {@link ChannelTimeoutException}, and can be made again
     * @return sends what is written
     */
    public OutputStream outputStream(boolean closesChannel, Duration timeout) {
        return new ChannelOutputStream(this, closesChannel, timeout);
    }

    /**
     * The items as text: each must be a {@code String}.
     *
     * @return takes the items out of the channel; closing it leaves the channel open
     */
    public Reader reader() {
        return reader(false);
    }

    /**
     * As {@link #reader()}.
     *
     * @param closesChannel whether closing the reader closes the channel
     * @return takes the items out of the channel
     */
    public Reader reader(boolean closesChannel) {
        return reader(closesChannel, NO_LIMIT);
    }

    /**
     * As {@link #reader(boolean)}, waiting no longer than a timeout in each call.
     *
     * @param closesChannel whether closing the reader closes the channel
     * @param timeout how long each read waits for an item; when it runs out the call throws an {@link java.io.IOException}
     *     whose cause is a {@link ChannelTimeoutException}, and can be made again
     * @return takes the items out of the channel
     */
    public Reader reader(boolean closesChannel, Duration timeout) {
        return new ChannelReader(this, closesChannel, timeout);
    }

    /**
     * Sends what is written as {@code String} items, one for each write. Not buffered.
     *
     * @return its writes throw {@link java.io.IOException} once the channel is closed; closing it leaves the channel open
     */
    public Writer writer() {
        return writer(false);
    }

    /**
     * As {@link #writer()}.
     *
     * @param closesChannel whether closing the writer closes the channel
     * @return sends what is written
     */
    public Writer writer(boolean closesChannel) {
        return writer(closesChannel, NO_LIMIT);
    }

    /**
     * As {@link #writer(boolean)}, waiting no longer than a timeout in each call.
     *
     * @param closesChannel whether closing the writer closes the channel
     * @param timeout how long each write waits for the other side to take what it has; when it runs out the call throws an {@link java.io.IOException}
     *     whose cause is a {@link ChannelTimeoutException}, and can be made again
     * @return sends what is written
     */
    public Writer writer(boolean closesChannel, Duration timeout) {
        return new ChannelWriter(this, closesChannel, timeout);
    }

    /** Such as {@code <Channel id=1 open>}. Never fails and never waits. */
    @Override
    public String toString() {
        return "<Channel id=" + id + (isClosed() ? " closed>" : " open>");
    }

    Connection connection() {
        return connection;
    }

    Inbox inbox() {
        return inbox;
    }

    Hold hold() {
        return hold;
    }

    void readOptions(ReadOptions wished) {
        readOptions = wished;
    }

    @Nullable
    Object decode(Item item) {
        return connection.decode(item, readOptions);
    }

    void announceCredit(long bytes) {
        connection.announceCredit(id, bytes);
    }

    /** Reader thread: an item has come. */
    void deliver(Item item) throws WireException {
        if (!inbox.deliver(item)) {
            connection.overflow(this, item.cost());
        }
    }

    /** Closes it because it holds all that it may for a peer that knows no flow control. */
    void refuse(int refusedBytes) {
        long held = inbox.waitingBytes();
        closeHere(
                new Ending.Overflow(refusedBytes, held),
                connection.closeError(id, "the receiver held " + held + " unread bytes and takes no more"));
    }

    /** More bytes may be sent. */
    void credit(long bytes) {
        credit.give(bytes);
    }

    /** The end of the task that runs on this channel, or of its process. */
    void taskEnded(@Nullable String error) {
        closeHere(
                new Ending.Closed(Ending.By.OUR_TASK),
                error == null ? new Frame(FrameType.CLOSE, id) : connection.closeError(id, error));
    }

    void callbackFailed(Throwable e) {
        connection.trace().event(() -> this + ": its callback failed: " + ErrorText.inShort(e));
        Ending.CallbackFailed why = new Ending.CallbackFailed(e);
        closeHere(why, connection.closeError(id, ErrorText.of(e)));
        // Only now: up to the close another item could come.
        inbox.dropItems(why);
    }

    /** Moves the state on and tells both halves; true if that closed the channel. */
    boolean ended(ChannelState.Event event, Ending why) {
        ChannelState before;
        ChannelState after;
        do {
            before = Objects.requireNonNull(state.get());
            after = before.next(event);
        } while (!state.compareAndSet(before, after));
        if (event == ChannelState.Event.INPUT_END) {
            // Also where the peer had said before that it sends no more.
            credit.noMoreComes(why);
        }
        if (after == before) {
            return false;
        }
        boolean closed = after == ChannelState.CLOSED;
        // Whoever is woken by the end of the items must find the rest ended too.
        if (closed) {
            connection.forget(this);
            credit.close(why);
            connection.wakeSenders();
        }
        inbox.end(why);
        if (closed) {
            connection.returnWithGarbage(this, inbox.unreturned());
        }
        return closed;
    }

    private void closeHere(Ending why, Frame notice) {
        if (ended(ChannelState.Event.LOCAL_CLOSE, why)) {
            connection.offer(notice);
        }
    }
}
