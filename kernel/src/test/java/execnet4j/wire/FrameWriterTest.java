package execnet4j.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.testing.BytePipe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrameWriterTest {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Frame BIG = new Frame(FrameType.DATA, 1, new byte[FrameWriter.ROOM_BYTES]);
    private static final Frame SMALL = new Frame(FrameType.DATA, 2, new byte[] {1});

    private final List<Runnable> cleanUp = new ArrayList<>();

    @AfterEach
    void cleanUp() {
        cleanUp.forEach(Runnable::run);
    }

    @Test
    void framesOfManyThreadsArriveWholeAndInEachOnesOrder() throws Exception {
        int threads = 8;
        int each = 400;
        BytePipe pipe = BytePipe.readByTest(5000);
        FrameWriter writer = start(pipe.output());
        for (int t = 0; t < threads; t++) {
            int id = t;
            DaemonThreads.pool().execute(() -> {
                Random random = new Random(id);
                for (int i = 0; i < each; i++) {
                    byte[] payload = new byte[4 + random.nextInt(i % 50 == 0 ? 150_000 : 100)];
                    ByteBuffer.wrap(payload).putInt(i);
                    put(writer, new Frame(FrameType.DATA, id, payload));
                }
            });
        }
        FrameReader reader = new FrameReader(pipe.input());
        int[] next = new int[threads];
        for (int i = 0; i < threads * each; i++) {
            Frame frame = Frames.next(reader);
            assertThat(ByteBuffer.wrap(frame.payload()).getInt()).isEqualTo(next[frame.channelId()]++);
        }
        writer.finish();
        assertThat(reader.read()).isNull();
    }

    @Test
    void aLoneFrameGoesAtOnceAndFlushed() throws Exception {
        CountDownLatch flushed = new CountDownLatch(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameWriter writer = start(new FilterOutputStream(bytes) {
            @Override
            public void flush() {
                flushed.countDown();
            }
        });
        assertThat(writer.put(SMALL, Deadline.NEVER)).isTrue();
        assertThat(flushed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(bytes.toByteArray()).isEqualTo(Frames.bytes(SMALL));
        writer.finish();
    }

    @Test
    void framesThatWaitTogetherGoOutInOneWrite() throws Exception {
        Gate gate = new Gate();
        FrameWriter writer = start(gate);
        writer.offer(SMALL);
        gate.awaitWriter();
        for (int i = 0; i < 1000; i++) {
            writer.offer(SMALL);
        }
        gate.open();
        writer.finish();
        assertThat(writer.awaitClosed(Deadline.in(Duration.ofSeconds(10)))).isTrue();
        assertThat(gate.writes).hasSize(2);
        assertThat(gate.bytes.size()).isEqualTo(1001 * SMALL.encodedLength());
        assertThat(gate.closed).isTrue();
    }

    @Test
    void bigAndSmallFramesKeepTheirOrder() throws Exception {
        Random random = new Random(7);
        Frame[] frames = Frames.some(random, 200, 70_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameWriter writer = start(bytes);
        for (Frame frame : frames) {
            put(writer, frame);
        }
        writer.finish();
        assertThat(writer.awaitClosed(Deadline.in(Duration.ofSeconds(10)))).isTrue();
        assertThat(bytes.toByteArray()).isEqualTo(Frames.bytes(frames));
    }

    @Test
    void putWaitsForRoomNoLongerThanItsDeadline() throws Exception {
        FrameWriter writer = start(new Gate());
        assertThat(writer.put(BIG, Deadline.in(Duration.ZERO))).isTrue();
        assertThat(writer.put(SMALL, Deadline.in(Duration.ZERO))).isFalse();
        long before = System.nanoTime();
        assertThat(writer.put(SMALL, Deadline.in(SOON))).isFalse();
        assertThat(System.nanoTime() - before)
                .isBetween(SOON.toNanos(), Duration.ofSeconds(10).toNanos());
        writer.offer(SMALL);
    }

    @Test
    void putHeedsAnInterrupt() throws Exception {
        FrameWriter writer = start(new Gate());
        put(writer, BIG);
        AtomicReference<@Nullable Exception> thrown = new AtomicReference<>();
        Thread putter = DaemonThreads.start("putter", () -> {
            try {
                writer.put(SMALL, Deadline.NEVER);
            } catch (InterruptedException | IOException e) {
                thrown.set(e);
            }
        });
        awaitWaiting(putter);
        putter.interrupt();
        putter.join(10_000);
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void putGoesOnWhenThereIsRoom() throws Exception {
        Gate gate = new Gate();
        FrameWriter writer = start(gate);
        put(writer, BIG);
        CompletableFuture<Boolean> put = new CompletableFuture<>();
        Thread putter = DaemonThreads.start("putter", () -> put.complete(put(writer, SMALL)));
        awaitWaiting(putter);
        gate.open();
        assertThat(put.get(10, TimeUnit.SECONDS)).isTrue();
        writer.finish();
        assertThat(writer.awaitClosed(Deadline.in(Duration.ofSeconds(10)))).isTrue();
        assertThat(gate.bytes.toByteArray()).isEqualTo(Frames.bytes(BIG, SMALL));
    }

    @Test
    void offerNeverWaitsAndRefusesWhatPilesUp() throws Exception {
        FrameWriter writer = start(new Gate());
        Frame piece = new Frame(FrameType.DATA, 1, new byte[FrameWriter.ROOM_BYTES]);
        for (int i = 0; i < FrameWriter.PILE_BYTES / FrameWriter.ROOM_BYTES; i++) {
            writer.offer(piece);
        }
        assertThatThrownBy(() -> writer.offer(SMALL))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("not reading");
    }

    @Test
    void oneItemHoweverLargeIsNoPile() throws Exception {
        FrameWriter writer = start(new Gate());
        assertThat(writer.put(new Frame(FrameType.DATA, 1, new byte[FrameWriter.PILE_BYTES]), Deadline.in(SOON)))
                .isTrue();

        writer.offer(new Frame(FrameType.CLOSE, 1));
    }

    @Test
    void finishWritesWhatWaitsThenCloses() throws Exception {
        Gate gate = new Gate();
        FrameWriter writer = start(gate);
        writer.offer(BIG);
        writer.offer(SMALL);
        writer.finish();
        assertThatThrownBy(() -> writer.offer(SMALL))
                .isInstanceOf(IOException.class)
                .hasMessage("closed for sending");
        assertThatThrownBy(() -> writer.put(SMALL, Deadline.NEVER)).isInstanceOf(IOException.class);
        assertThat(writer.awaitClosed(Deadline.in(SOON))).isFalse();
        gate.open();
        assertThat(writer.awaitClosed(Deadline.in(Duration.ofSeconds(10)))).isTrue();
        assertThat(gate.bytes.toByteArray()).isEqualTo(Frames.bytes(BIG, SMALL));
        assertThat(gate.closed).isTrue();
        assertThat(writer.failure()).isNull();
    }

    @Test
    void finishWakesWhoWaitsForRoom() throws Exception {
        FrameWriter writer = start(new Gate());
        assertWaiterGetsIoException(writer, writer::finish);
    }

    @Test
    void abortWakesWhoWaitsForRoomAndForgetsTheQueue() throws Exception {
        Gate gate = new Gate();
        FrameWriter writer = start(gate);
        writer.offer(SMALL);
        gate.awaitWriter();
        assertWaiterGetsIoException(writer, writer::abort);
        assertThat(writer.awaitClosed(Deadline.in(Duration.ofSeconds(10)))).isTrue();
        gate.open();
        Awaitility.await().until(() -> gate.closed);
        assertThat(gate.bytes.toByteArray()).isEqualTo(Frames.bytes(SMALL));
    }

    @Test
    void aFailedWriteWakesEverybodyAndSaysWhy() throws Exception {
        Gate gate = new Gate();
        FrameWriter writer = start(gate);
        gate.failWith = new IOException("Broken pipe");
        assertWaiterGetsIoException(writer, gate::open);
        assertThat(writer.awaitClosed(Deadline.in(Duration.ofSeconds(10)))).isTrue();
        assertThat(writer.failure()).hasMessage("Broken pipe");
        assertThatThrownBy(() -> writer.offer(SMALL))
                .isInstanceOf(IOException.class)
                .hasMessage("Broken pipe");
    }

    @Test
    void anUncheckedFailureOfTheStreamWakesEverybodyToo() throws Exception {
        Gate gate = new Gate();
        FrameWriter writer = start(gate);
        gate.failWith = new IllegalStateException("fault");
        assertWaiterGetsIoException(writer, gate::open);
        assertThat(writer.awaitClosed(Deadline.in(Duration.ofSeconds(10)))).isTrue();
        assertThat(writer.failure()).hasRootCauseMessage("fault");
    }

    @Test
    void anUncheckedFailureOfTheTraceWakesEverybodyToo() throws Exception {
        PrintStream faulty = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(@Nullable String line) {
                throw new IllegalStateException("fault");
            }
        };
        FrameWriter writer = new FrameWriter(OutputStream.nullOutputStream(), Trace.to("gw0", faulty));
        Thread thread = DaemonThreads.start("writer", writer);
        writer.offer(SMALL);
        assertThat(writer.awaitClosed(Deadline.in(Duration.ofSeconds(10)))).isTrue();
        thread.join();
    }

    @Test
    void theTraceIsToldOfEachFrame() throws Exception {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(
                OutputStream.nullOutputStream(), Trace.to("gw0", new PrintStream(lines, true, StandardCharsets.UTF_8)));
        DaemonThreads.start("writer", writer);
        writer.offer(SMALL);
        writer.finish();
        assertThat(writer.awaitClosed(Deadline.in(Duration.ofSeconds(10)))).isTrue();
        assertThat(lines.toString(StandardCharsets.UTF_8)).contains("gw0 sent " + SMALL);
    }

    @Test
    void framesAreReadBackAsTheyWerePut() throws Exception {
        Frame[] frames = Frames.some(new Random(5), 500, 300);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(bytes, Trace.OFF);
        for (Frame frame : frames) {
            writer.offer(frame);
        }
        writer.finish();
        writer.run();
        FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes.toByteArray()));
        List<Frame> read = new ArrayList<>();
        for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
            read.add(frame);
        }
        assertThat(Frames.described(read)).isEqualTo(Frames.described(List.of(frames)));
    }

    /** Two threads wait for room; both must be woken with an IOException by what is done. */
    private static void assertWaiterGetsIoException(FrameWriter writer, Runnable done) throws Exception {
        writer.offer(BIG);
        CyclicBarrier ended = new CyclicBarrier(3);
        List<Exception> thrown = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread putter = DaemonThreads.start("putter", () -> {
                try {
                    writer.put(BIG, Deadline.NEVER);
                } catch (InterruptedException | IOException e) {
                    thrown.add(e);
                }
                meet(ended);
            });
            awaitWaiting(putter);
        }
        done.run();
        ended.await(10, TimeUnit.SECONDS);
        assertThat(thrown).hasSize(2).allSatisfy(each -> assertThat(each).isInstanceOf(IOException.class));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitWaiting(Thread thread) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(() ->
                        thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    private static boolean put(FrameWriter writer, Frame frame) {
        try {
            return writer.put(frame, Deadline.NEVER);
        } catch (InterruptedException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private FrameWriter start(OutputStream out) {
        FrameWriter writer = new FrameWriter(out, Trace.OFF);
        Thread thread = DaemonThreads.start("execnet4j-writer-test", writer);
        cleanUp.add(() -> {
            writer.abort();
            if (out instanceof Gate gate) {
                gate.open();
            }
            try {
                thread.join(10_000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        return writer;
    }

    /** A stream that holds its writer until it is opened. */
    private static final class Gate extends OutputStream {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<Integer> writes = new ArrayList<>();
        volatile boolean closed;
        volatile @Nullable Exception failWith;
        private final Semaphore opened = new Semaphore(0);
        private final CountDownLatch writing = new CountDownLatch(1);

        void open() {
            opened.release(1_000_000);
        }

        void awaitWriter() throws InterruptedException {
            assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            writing.countDown();
            opened.acquireUninterruptibly();
            Exception failure = failWith;
            if (failure instanceof IOException io) {
                throw io;
            } else if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            bytes.write(source, offset, length);
            writes.add(length);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
