package execnet4j;

import execnet4j.channel.Channel;
import execnet4j.channel.ErrorText;
import execnet4j.channel.ReceiveQueue;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.MultiChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several channels as one thing: send to each, receive from each, or take from all through one queue. Immutable. Every call
 * that may wait throws {@link ChannelInterruptedException} when interrupted, with what it had received.
 */
public final class MultiChannel implements Iterable<Channel> {
    private final List<Channel> channels;

    private MultiChannel(Collection<Channel> channels) {
        this.channels = List.copyOf(channels);
    }

    /**
     * A container of channels, of any gateways.
     *
     * @param channels in the order they shall have
     * @return the container
     */
    public static MultiChannel of(Channel... channels) {
        return new MultiChannel(List.of(channels));
    }

    /**
     * A container of channels, of any gateways.
     *
     * @param channels in the order they shall have
     * @return the container
     */
    public static MultiChannel of(Collection<Channel> channels) {
        return new MultiChannel(channels);
    }

    /**
     * The number of channels.
     *
     * @return 0 or more
     */
    public int size() {
        return channels.size();
    }

    /**
     * One of the channels.
     *
     * @param index its place, from 0
     * @return the channel
     * @throws IndexOutOfBoundsException if there is none
     */
    public Channel get(int index) {
        return channels.get(index);
    }

    /**
     * Whether a channel is one of these.
     *
     * @param channel any channel
     * @return true if it is
     */
    public boolean contains(Channel channel) {
        return channels.contains(channel);
    }

    /** Over the channels, in order. */
    @Override
    public Iterator<Channel> iterator() {
        return channels.iterator();
    }

    /**
     * Sends a value on each channel; every one is tried, also after one failed.
     *
     * @param value what a channel may carry
     * @throws MultiChannelException naming the channels on which it was not sent
     */
    public void sendEach(@Nullable Object value) {
        tryEach(channel -> channel.send(value));
    }

    /**
     * As {@link #sendEach(Object)}, waiting no longer than a timeout in all.
     *
     * @param value what a channel may carry
     * @param timeout how long to wait
     * @throws ChannelTimeoutException if nothing but that it ran out kept the value from being sent on all
     * @throws MultiChannelException naming the channels on which it was not sent
     */
    public void sendEach(@Nullable Object value, Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        tryEach(channel -> channel.send(value, deadline.remaining()));
    }

    /**
     * The next item of each channel.
     *
     * @return the values, in the order of the channels
     * @throws MultiChannelException if a channel gives none, with what was received
     */
    public List<@Nullable Object> receiveEach() {
        return receiveAll(Channel::receive);
    }

    /**
     * As {@link #receiveEach()}, waiting no longer than a timeout in all.
     *
     * @param timeout how long to wait
     * @return the values, in the order of the channels
     * @throws ChannelTimeoutException if it ran out, with what was received
     * @throws MultiChannelException if a channel gives none, with what was received
     */
    public List<@Nullable Object> receiveEach(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        return receiveAll(channel -> channel.receive(deadline.remaining()));
    }

    /**
     * The next item of each channel, as a type, see {@link Channel#receive(Class)}.
     *
     * @param type what each value shall be
     * @param <T> that type
     * @return the values, in the order of the channels
     * @throws MultiChannelException if a channel gives none, or one of another type, with what was received
     */
    public <T> List<@Nullable T> receiveEach(Class<T> type) {
        return receiveAll(channel -> channel.receive(type));
    }

    /**
     * As {@link #receiveEach(Class)}, waiting no longer than a timeout in all.
     *
     * @param type what each value shall be
     * @param timeout how long to wait
     * @param <T> that type
     * @return the values, in the order of the channels
     * @throws ChannelTimeoutException if it ran out, with what was received
     * @throws MultiChannelException if a channel gives none, or one of another type, with what was received
     */
    public <T> List<@Nullable T> receiveEach(Class<T> type, Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        return receiveAll(channel -> channel.receive(type, deadline.remaining()));
    }

    /**
     * The next item of each channel, with the channel.
     *
     * @return the pairs, in the order of the channels
     * @throws MultiChannelException if a channel gives none, with what was received
     */
    public List<ChannelItem> receiveEachWithChannel() {
        return receiveAll(channel -> new ChannelItem(channel, channel.receive()));
    }

    /**
     * As {@link #receiveEachWithChannel()}, waiting no longer than a timeout in all.
     *
     * @param timeout how long to wait
     * @return the pairs, in the order of the channels
     * @throws ChannelTimeoutException if it ran out, with what was received
     * @throws MultiChannelException if a channel gives none, with what was received
     */
    public List<ChannelItem> receiveEachWithChannel(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        return receiveAll(channel -> new ChannelItem(channel, channel.receive(deadline.remaining())));
    }

    /**
     * One queue for the items of all channels, as they come. What waits in it counts as unread, so a producer that is too
     * fast is held up as it would be by a channel. The channels can then not be received from in another way.
     *
     * @return its items leave by {@code take} and {@code poll}; nothing can be put into it
     * @throws IllegalStateException if a channel has a callback or a queue already; then none of them is changed
     */
    public BlockingQueue<ChannelItem> makeReceiveQueue() {
        return ReceiveQueue.of(channels, ChannelItem::new);
    }

    /**
     * As {@link #makeReceiveQueue()}; and each channel, however it ends, gives the endmarker exactly once, after its items.
     *
     * @param endMarker the value of the last {@link ChannelItem} of each channel; may be null
     * @return its items leave by {@code take} and {@code poll}; nothing can be put into it
     * @throws IllegalStateException if a channel has a callback or a queue already; then none of them is changed
     */
    public BlockingQueue<ChannelItem> makeReceiveQueue(@Nullable Object endMarker) {
        return ReceiveQueue.of(channels, ChannelItem::new, endMarker);
    }

    /**
     * Waits until every channel is closed, also after one failed.
     *
     * @throws ExecnetException the first error; the others are suppressed in it
     */
    public void waitClose() {
        waitEach(Channel::waitClose);
    }

    /**
     * As {@link #waitClose()}, waiting no longer than a timeout in all.
     *
     * @param timeout how long to wait
     * @throws ExecnetException the first error; the others are suppressed in it
     */
    public void waitClose(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        waitEach(channel -> channel.waitClose(deadline.remaining()));
    }

    private void tryEach(Consumer<Channel> send) {
        List<RuntimeException> failures = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Channel channel : channels) {
            try {
                send.accept(channel);
            } catch (ChannelInterruptedException e) {
                throw new ChannelInterruptedException(inShort(channel, e), e, List.of());
            } catch (RuntimeException e) {
                failures.add(e);
                names.add(inShort(channel, e));
            }
        }
        if (failures.isEmpty()) {
            return;
        }
        String message = "not sent on " + failures.size() + " of " + size() + " channels:\n" + String.join("\n", names);
        throw failures.stream().allMatch(ChannelTimeoutException.class::isInstance)
                ? new ChannelTimeoutException(message, failures.get(0), List.of())
                : new MultiChannelException(message, failures, List.of());
    }

    private <T extends @Nullable Object> List<T> receiveAll(Function<Channel, T> receive) {
        List<T> received = new ArrayList<>();
        for (Channel channel : channels) {
            try {
                received.add(receive.apply(channel));
            } catch (ChannelInterruptedException e) {
                throw new ChannelInterruptedException(afterSome(received, channel, e), e, received);
            } catch (ChannelTimeoutException e) {
                throw new ChannelTimeoutException(afterSome(received, channel, e), e, received);
            } catch (RuntimeException e) {
                throw new MultiChannelException(afterSome(received, channel, e), List.of(e), received);
            }
        }
        return received;
    }

    private String afterSome(List<?> received, Channel channel, RuntimeException failure) {
        return "received from " + received.size() + " of " + size() + " channels, then " + inShort(channel, failure);
    }

    /** Which channel, and the line that says what; the whole of it is in the exception itself. */
    private static String inShort(Channel channel, RuntimeException failure) {
        String text = String.valueOf(failure.getMessage()).replace("channel " + channel.id() + " is closed: ", "");
        String id = channel.gateway().id();
        if (failure instanceof GatewayLostException) {
            return firstLine(text);
        }
        if (text.startsWith("<Channel id=" + channel.id() + " ")) {
            return id + " " + firstLine(text);
        }
        return id + " " + channel + ": " + (text.startsWith(ErrorText.HEADER) ? afterHeader(text) : lastLine(text));
    }

    private static String afterHeader(String traceback) {
        return firstLine(traceback.substring(ErrorText.HEADER.length()));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Python names the exception at the end of its traceback. */
    private static String lastLine(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .reduce((before, last) -> last)
                .orElse("");
    }

    private void waitEach(Consumer<Channel> wait) {
        List<ExecnetException> errors = new ArrayList<>();
        for (Channel channel : channels) {
            try {
                wait.accept(channel);
            } catch (ChannelInterruptedException e) {
                errors.forEach(e::addSuppressed);
                throw e;
            } catch (ExecnetException e) {
                errors.add(e);
            }
        }
        if (!errors.isEmpty()) {
            ExecnetException first = errors.get(0);
            errors.subList(1, errors.size()).forEach(first::addSuppressed);
            throw first;
        }
    }

    /** Such as {@code <MultiChannel of 2 channels>}. */
    @Override
    public String toString() {
        return "<MultiChannel of " + size() + (size() == 1 ? " channel>" : " channels>");
    }
}
