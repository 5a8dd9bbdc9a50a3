package execnet4j.channel;

import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One queue for the items of several channels. An item stays with its channel, encoded and counted as unread, until it is
 * taken from here; the queue itself holds only the order in which they came. Nothing can be put into it or looked at
 * without taking it.
 *
 * @param <T> what an item is turned into
 */
public final class ReceiveQueue<T> extends AbstractQueue<T> implements BlockingQueue<T> {
    private final LinkedBlockingQueue<Channel> order = new LinkedBlockingQueue<>();
    private final BiFunction<Channel, @Nullable Object, T> form;
    private final boolean wantsEndMarker;
    private final @Nullable Object endMarker;

    private ReceiveQueue(
            BiFunction<Channel, @Nullable Object, T> form, boolean wantsEndMarker, @Nullable Object endMarker) {
        this.form = form;
        this.wantsEndMarker = wantsEndMarker;
        this.endMarker = endMarker;
    }

    /**
     * A queue without endmarkers.
     *
     * @param channels whose items it takes from now on, those that wait first
     * @param form makes an element of a channel and a value
     * @param <T> the elements
     * @return the queue
     * @throws IllegalStateException if a channel has a callback or a queue already
     */
    public static <T> ReceiveQueue<T> of(Collection<Channel> channels, BiFunction<Channel, @Nullable Object, T> form) {
        return new ReceiveQueue<>(form, false, null).over(channels);
    }

    /**
     * A queue that gets the endmarker of each channel, exactly once, last.
     *
     * @param channels whose items it takes from now on, those that wait first
     * @param form makes an element of a channel and a value
     * @param endMarker the value of the last element of each channel; may be null
     * @param <T> the elements
     * @return the queue
     * @throws IllegalStateException if a channel has a callback or a queue already
     */
    public static <T> ReceiveQueue<T> of(
            Collection<Channel> channels, BiFunction<Channel, @Nullable Object, T> form, @Nullable Object endMarker) {
        return new ReceiveQueue<>(form, true, endMarker).over(channels);
    }

    private ReceiveQueue<T> over(Collection<Channel> channels) {
        Set<Channel> each = new LinkedHashSet<>(channels);
        each.stream()
                .filter(channel -> channel.inbox().hasConsumer())
                .findFirst()
                .ifPresent(taken -> {
                    throw new IllegalStateException(taken + ": a callback or a queue takes its items already");
                });
        each.forEach(channel -> channel.inbox().consumer(new Tap(channel)));
        return this;
    }

    /** Notes the channel once for each item that it has. */
    private final class Tap implements ItemConsumer {
        private final Channel channel;

        Tap(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void available(int items, boolean ended) {
            int elements = ended && !wantsEndMarker ? items - 1 : items;
            for (int i = 0; i < elements; i++) {
                order.add(channel);
            }
        }

        /** Items in the queue are like items in a channel: nobody waits for them to be taken. */
        @Override
        public boolean isFinished() {
            return true;
        }

        @Override
        public boolean isBusyHere() {
            return false;
        }
    }

    private T element(Channel channel) {
        Item item = channel.inbox().next();
        if (item == null) {
            throw new IllegalStateException(channel + " has lost an item that it announced");
        }
        if (item == Item.END) {
            return form.apply(channel, endMarker);
        }
        channel.inbox().taken(item);
        return form.apply(channel, channel.decode(item));
    }

    @Override
    public T take() throws InterruptedException {
        return element(order.take());
    }

    @Override
    public @Nullable T poll(long timeout, TimeUnit unit) throws InterruptedException {
        Channel channel = order.poll(timeout, unit);
        return channel == null ? null : element(channel);
    }

    @Override
    public @Nullable T poll() {
        Channel channel = order.poll();
        return channel == null ? null : element(channel);
    }

    @Override
    public int drainTo(Collection<? super T> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(Collection<? super T> target, int most) {
        int count = 0;
        for (T next = count < most ? poll() : null; next != null; next = count < most ? poll() : null) {
            target.add(next);
            count++;
        }
        return count;
    }

    @Override
    public int size() {
        return order.size();
    }

    @Override
    public int remainingCapacity() {
        return 0;
    }

    /** Not supported: an item is decoded when it is taken. */
    @Override
    public Iterator<T> iterator() {
        throw new UnsupportedOperationException("take the items out of a receive queue; it cannot be looked through");
    }

    /** Not supported: an item is decoded when it is taken. */
    @Override
    public @Nullable T peek() {
        throw new UnsupportedOperationException("take the items out of a receive queue; it cannot be looked at");
    }

    /** Not supported. */
    @Override
    public boolean offer(T element) {
        throw new UnsupportedOperationException("only channels put items into a receive queue");
    }

    /** Not supported. */
    @Override
    public boolean offer(T element, long timeout, TimeUnit unit) {
        return offer(element);
    }

    /** Not supported. */
    @Override
    public void put(T element) {
        offer(element);
    }

    /** Such as {@code <ReceiveQueue of 3 items>}. */
    @Override
    public String toString() {
        return "<ReceiveQueue of " + size() + " items>";
    }
}
