package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelClosedException;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import execnet4j.wire.FrameWriter;
import execnet4j.wire.Trace;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Explores the schedules of the racy classes, switch by switch where Lincheck can, else by running them often. */
@Timeout(120)
class SchedulesTest {
    private static final Frame BIG = new Frame(FrameType.DATA, 1, new byte[FrameWriter.ROOM_BYTES]);
    private static final Frame SMALL = new Frame(FrameType.DATA, 1, new byte[1]);

    /** Lincheck leaves a jar there when it is first used. */
    private static final File TEMPORARY = new File(System.getProperty("java.io.tmpdir"));

    private static Set<File> earlierJars = Set.of();

    /** For what needs a channel only to name it; made where Lincheck does not look on, which costs time. */
    private final Channel owner = channel();

    @BeforeAll
    static void seeWhatIsThere() {
        earlierJars = jars();
    }

    @AfterAll
    static void removeWhatLincheckLeaves() throws IOException {
        for (File jar : jars()) {
            if (!earlierJars.contains(jar)) {
                Files.delete(jar.toPath());
            }
        }
    }

    private static Set<File> jars() {
        File[] found = TEMPORARY.listFiles((folder, name) -> name.startsWith("lincheck-bootstrap"));
        return found == null ? Set.of() : Set.of(found);
    }

    @Test
    void theBudgetIsNeverOverdrawnAndComesBackWhole() {
        Lincheck.runConcurrentTest(100, () -> {
            ByteBudget budget = new ByteBudget(3);
            boolean[] lent = new boolean[2];
            Thread one = start(() -> lent[0] = budget.tryLend(2));
            Thread two = start(() -> lent[1] = budget.tryLend(2));
            join(one);
            join(two);
            require(lent[0] != lent[1]);
            Thread three = start(() -> budget.giveBack(2));
            boolean more = budget.tryLend(1);
            join(three);
            require(more && budget.tryLend(2) && !budget.tryLend(1));
        });
    }

    @Test
    void noSenderWaitsForEverWhateverComesFirst() {
        Lincheck.runConcurrentTest(100, () -> {
            SendCredit credit = new SendCredit(owner, 0);
            Thread giver = start(() -> credit.give(1));
            Thread closer = start(() -> credit.close(new Ending.Closed(Ending.By.PEER)));
            take(credit);
            join(giver);
            join(closer);
        });
    }

    private static void take(SendCredit credit) {
        try {
            credit.take(1, Deadline.NEVER);
        } catch (ChannelClosedException e) {
            require(String.valueOf(e.getMessage()).contains("cannot send"));
        }
    }

    @Test
    void aReceiverGetsWhatCameThenTheEndWhateverComesFirst() {
        Lincheck.runConcurrentTest(100, () -> {
            Inbox inbox = new Inbox(owner, new ReceiveWindow(new ByteBudget(0), true));
            Thread reader = start(() -> {
                inbox.deliver(item(1));
                inbox.end(new Ending.Closed(Ending.By.PEER));
            });
            require(inbox.take(Deadline.NEVER) != Item.END);
            require(inbox.take(Deadline.NEVER) == Item.END);
            inbox.awaitEnd(Deadline.NEVER);
            join(reader);
        });
    }

    @Test
    void twoReceiversAreBothWokenByTheEnd() {
        Lincheck.runConcurrentTest(100, () -> {
            Inbox inbox = new Inbox(owner, new ReceiveWindow(new ByteBudget(0), true));
            Thread other = start(() -> require(inbox.take(Deadline.NEVER) == Item.END));
            Thread reader = start(() -> inbox.end(new Ending.Closed(Ending.By.PEER)));
            require(inbox.take(Deadline.NEVER) == Item.END);
            join(other);
            join(reader);
        });
    }

    @Test
    void aConsumerIsToldOfEachItemOnce() {
        Lincheck.runConcurrentTest(100, () -> {
            Inbox inbox = new Inbox(owner, new ReceiveWindow(new ByteBudget(0), true));
            AtomicLong told = new AtomicLong();
            Thread reader = start(() -> {
                inbox.deliver(item(1));
                inbox.deliver(item(2));
                inbox.end(new Ending.Closed(Ending.By.PEER));
            });
            inbox.consumer(new ItemConsumer() {
                @Override
                public void available(int items, boolean ended) {
                    told.addAndGet(ended ? 100 + items : items);
                }

                @Override
                public boolean isFinished() {
                    return true;
                }

                @Override
                public boolean isBusyHere() {
                    return false;
                }
            });
            join(reader);
            require(told.get() == 103);
        });
    }

    @Test
    void whatTheWriterTookIsWrittenAndNobodyWaitsForEver() {
        Lincheck.runConcurrentTest(100, () -> {
            AtomicLong written = new AtomicLong();
            FrameWriter writer = new FrameWriter(new Counter(written), Trace.OFF);
            AtomicLong accepted = new AtomicLong();
            Thread writing = start(writer);
            Thread putting = start(() -> {
                put(writer, BIG, accepted);
                put(writer, SMALL, accepted);
            });
            writer.finish();
            join(putting);
            join(writing);
            require(written.get() == accepted.get());
        });
    }

    @Test
    void anAbortWakesWhoWaitsForRoom() {
        Lincheck.runConcurrentTest(100, () -> {
            FrameWriter writer = new FrameWriter(new Counter(new AtomicLong()), Trace.OFF);
            AtomicLong accepted = new AtomicLong();
            Thread putting = start(() -> {
                put(writer, BIG, accepted);
                put(writer, SMALL, accepted);
            });
            writer.abort();
            join(putting);
            writer.run();
        });
    }

    private static void put(FrameWriter writer, Frame frame, AtomicLong accepted) {
        try {
            if (writer.put(frame, Deadline.NEVER)) {
                accepted.addAndGet(frame.encodedLength());
            }
        } catch (IOException e) {
            require("closed for sending".equals(e.getMessage()));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCallbackThatJustFellIdleIsWokenAgain() {
        Lincheck.runConcurrentTest(300, () -> {
            Inbox inbox = new Inbox(owner, new ReceiveWindow(new ByteBudget(0), true));
            AtomicLong ends = new AtomicLong();
            CallbackRun run = new CallbackRun(owner, inbox, item -> {}, ends::incrementAndGet, SchedulesTest::start);
            inbox.consumer(run);
            run.available(0, false);
            inbox.end(new Ending.Closed(Ending.By.PEER));
            inbox.awaitEnd(Deadline.NEVER);
            require(ends.get() == 1);
        });
    }

    /** On the process's pool, whose threads Lincheck cannot steer; so by running them often. */
    @Test
    void aCallbackGetsEverythingOnceWheneverItIsSet() throws Exception {
        race(2000, round -> {
            Channel channel = channel();
            BlockingQueue<@Nullable Object> got = new LinkedBlockingQueue<>();
            return new Race(
                    () -> {
                        deliver(channel, 1);
                        deliver(channel, 2);
                        boolean unused =
                                channel.ended(ChannelState.Event.PEER_CLOSE, new Ending.Closed(Ending.By.PEER));
                    },
                    () -> channel.setCallback(got::add, "end"),
                    () -> {
                        channel.waitClose();
                        assertThat(got).containsExactly(1, 2, "end");
                    });
        });
    }

    @Test
    void aCallbackThatFailedGetsNothingButTheEnd() throws Exception {
        race(2000, round -> {
            Channel channel = channel();
            BlockingQueue<@Nullable Object> got = new LinkedBlockingQueue<>();
            channel.setCallback(
                    item -> {
                        got.add(item);
                        if (!"end".equals(item)) {
                            throw new IllegalStateException("fault");
                        }
                    },
                    "end");
            return new Race(() -> deliver(channel, 1), () -> deliver(channel, 1), () -> {
                while (!channel.isClosed()) {
                    Thread.onSpinWait();
                }
                try {
                    channel.waitClose();
                } catch (ChannelClosedException e) {
                    assertThat(e).hasMessageContaining("fault");
                }
                assertThat(got).containsExactly(1, "end");
            });
        });
    }

    /** Two things done at the same moment by two threads, then a check. */
    private record Race(Runnable one, Runnable other, Runnable check) {}

    private interface Rounds {
        Race round(int number);
    }

    private static void race(int rounds, Rounds races) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier barrier = new CyclicBarrier(2);
        try {
            for (int i = 0; i < rounds; i++) {
                Race race = races.round(i);
                List<Future<?>> both = new ArrayList<>();
                for (Runnable each : List.of(race.one(), race.other())) {
                    both.add(threads.submit(() -> {
                        barrier.await(10, TimeUnit.SECONDS);
                        each.run();
                        return null;
                    }));
                }
                for (Future<?> each : both) {
                    each.get(10, TimeUnit.SECONDS);
                }
                race.check().run();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void deliver(Channel channel, int value) {
        try {
            channel.deliver(item(value));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Item item(int value) {
        return new Item(new Frame(FrameType.DATA, 1, new byte[] {'F', 0, 0, 0, (byte) value, 'Q'}), NamedChannels.NONE);
    }

    private static Channel channel() {
        ConnectionSettings settings = new ConnectionSettings("gw0", true, true, false, 0);
        Connection connection = new Connection(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), settings, new TestHost(settings));
        return connection.newChannel();
    }

    /** Where Lincheck looks on, AssertJ cannot be used: its assertions refuse to be compared. */
    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }

    private static Thread start(Runnable job) {
        Thread thread = new Thread(job);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Counter extends OutputStream {
        private final AtomicLong bytes;

        Counter(AtomicLong bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int one) {
            bytes.incrementAndGet();
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes.addAndGet(length);
        }
    }
}
