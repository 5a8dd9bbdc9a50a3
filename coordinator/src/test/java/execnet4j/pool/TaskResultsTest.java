package execnet4j.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.DumpException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayLostException.Stage;
import execnet4j.error.GatewayStartException;
import execnet4j.error.RemoteTaskException;
import execnet4j.error.WorkerDiagnosis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskResultsTest {
    private static final WorkerDiagnosis DIAGNOSIS =
            new WorkerDiagnosis("localhost", List.of("java"), "java", OptionalInt.of(137), List.of());

    private final AtomicInteger replacements = new AtomicInteger();

    /** A worker whose answers the test thinks up; throwing ChannelClosedException is its death. */
    private final class FakeWorker implements PoolWorker {
        private final Function<Object, TaskResult<?>> task;
        private final CountDownLatch closed = new CountDownLatch(1);

        FakeWorker(Function<Object, TaskResult<?>> task) {
            this.task = task;
        }

        @Override
        public void send(@Nullable Object item) {
            if ("unsendable".equals(item)) {
                throw new DumpException("no such type");
            }
            if ("too late".equals(item)) {
                throw new ChannelClosedException("cannot send: the task failed");
            }
        }

        @Override
        public TaskResult<?> answer(@Nullable Object item) {
            if ("forever".equals(item)) {
                awaitOrThrow(closed);
                throw new ChannelClosedException("closed");
            }
            return task.apply(item);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    /** A place that can always have another worker. */
    private Place place(Function<Object, TaskResult<?>> task) {
        AtomicInteger starts = new AtomicInteger();
        return () -> {
            if (starts.getAndIncrement() > 0) {
                replacements.incrementAndGet();
            }
            return new FakeWorker(task);
        };
    }

    /** A place where each start but those that the test lets pass fails. */
    private Place failing(Supplier<@Nullable Throwable> failure) {
        return () -> {
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
            return new FakeWorker(TaskResultsTest::twice);
        };
    }

    private TaskResults<Object> run(
            int workers, int retries, int window, Iterator<?> items, Function<Object, TaskResult<?>> task) {
        return new TaskResults<>(
                items, Stream.generate(() -> place(task)).limit(workers).toList(), retries, window);
    }

    private static List<TaskResult<?>> all(TaskResults<Object> results) {
        List<TaskResult<?>> all = new ArrayList<>();
        results.forEachRemaining(all::add);
        return all;
    }

    private static TaskResult<?> twice(Object item) {
        return TaskResult.success(item, 2 * (Integer) item);
    }

    @Test
    @DisplayName("P03 P04 P05 P08 results of several workers come in the order of the items; nothing is left running")
    void resultsComeInTheOrderOfTheItems() {
        List<Integer> items = IntStream.range(0, 2_000).boxed().toList();
        try (TaskResults<Object> results = run(4, 0, 50, items.iterator(), TaskResultsTest::twice)) {
            assertThat(all(results))
                    .isEqualTo(items.stream().map(TaskResultsTest::twice).toList());
            assertThat(results.hasNext()).isFalse();
            assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
            noThreadIsLeft();
        }
    }

    @Test
    void itemsThatKillTheirWorkersTakeNoOtherItemAlong() {
        Function<Object, TaskResult<?>> deadly = item -> {
            if ((Integer) item < 0) {
                throw new GatewayLostException(Stage.RUNNING, "killed by an item", DIAGNOSIS, null);
            }
            return twice(item);
        };
        try (TaskResults<Object> results = run(1, 2, 10, List.of(-1, -2, 3).iterator(), deadly)) {
            assertThat(all(results)).extracting(TaskResult::failed).containsExactly(true, true, false);
        }
        try (TaskResults<Object> results = run(1, 10, 10, List.of(-1, 3).iterator(), deadly)) {
            assertThat(all(results)).extracting(TaskResult::failed).containsExactly(true, false);
        }
    }

    @Test
    @DisplayName("P07 items are read ahead no further than the window")
    void itemsAreReadAheadNoFurtherThanTheWindow() {
        AtomicInteger read = new AtomicInteger();
        Iterator<Integer> endless = Stream.generate(read::incrementAndGet).iterator();
        try (TaskResults<Object> results = run(2, 0, 5, endless, TaskResultsTest::twice)) {
            await().until(() -> read.get() >= 6);
            assertThat(results.next()).isEqualTo(twice(1));
            await().until(() -> read.get() >= 7);
            assertThat(read).hasValueBetween(7, 7);
        }
    }

    @Test
    void aLostWorkersItemGoesToAnother() {
        AtomicInteger deaths = new AtomicInteger();
        Function<Object, TaskResult<?>> task = item -> {
            if (item.equals(3) && deaths.incrementAndGet() <= 2) {
                throw new ChannelClosedException("killed");
            }
            return twice(item);
        };
        try (TaskResults<Object> results = run(2, 2, 10, List.of(1, 2, 3, 4).iterator(), task)) {
            assertThat(all(results)).containsExactly(twice(1), twice(2), twice(3), twice(4));
        }
        assertThat(deaths).hasValue(3);
        assertThat(replacements).hasPositiveValue();
    }

    @Test
    void anItemThatLosesTooManyWorkersFailsAlone() {
        Function<Object, TaskResult<?>> task = item -> {
            if (item.equals(2)) {
                throw new ChannelClosedException("exit 137");
            }
            return twice(item);
        };
        try (TaskResults<Object> results = run(1, 2, 10, List.of(1, 2, 3).iterator(), task)) {
            assertThat(all(results))
                    .containsExactly(
                            twice(1),
                            TaskResult.failure(2, "3 workers were lost with this item, the last one: exit 137"),
                            twice(3));
        }
        assertThat(replacements).hasValue(3);
    }

    @Test
    void aPlaceThatLosesWorkersOnlyIsGivenUpAndEveryItemStillHasAResult() {
        Function<Object, TaskResult<?>> task = item -> {
            throw new ChannelClosedException("exit 1");
        };
        List<Integer> items = IntStream.range(0, 100).boxed().toList();
        try (TaskResults<Object> results = run(2, 1, 10, items.iterator(), task)) {
            List<TaskResult<?>> all = all(results);
            assertThat(all).hasSize(100).allMatch(TaskResult::failed);
            assertThat(all.get(99).error()).matches("no worker is left: [0-9]+ in one place were lost .*exit 1");
        }
        assertThat(replacements)
                .as("two places, five items each, two workers for each item")
                .hasValueLessThanOrEqualTo(20);
    }

    @Test
    void whereNoneCanBeStartedInItsPlaceTheReasonIsGiven() {
        Place mortal = new Place() {
            private boolean started;

            @Override
            public PoolWorker start() {
                if (started) {
                    throw new IllegalStateException("the host is down");
                }
                started = true;
                return new FakeWorker(item -> {
                    throw new ChannelClosedException("gone");
                });
            }
        };
        try (TaskResults<Object> results = new TaskResults<>(List.of(1, 2).iterator(), List.of(mortal), 1, 10)) {
            assertThat(all(results))
                    .extracting(TaskResult::error)
                    .containsOnly("no worker is left: it was lost (gone) and none could be started in its place:"
                            + " the host is down");
        }
    }

    @Test
    void aWorkerThatDiesBeforeItsFirstItemIsReplaced() {
        AtomicInteger deaths = new AtomicInteger();
        Place place = failing(() -> switch (deaths.getAndIncrement()) {
            case 0 -> new ChannelClosedException("exit 137");
            case 1 ->
                new GatewayStartException(GatewayStartException.Stage.HANDSHAKE, "it said nothing", DIAGNOSIS, null);
            default -> null;
        });
        try (TaskResults<Object> results = new TaskResults<>(List.of(1, 2).iterator(), List.of(place), 0, 10)) {
            assertThat(all(results)).containsExactly(twice(1), twice(2));
        }
        assertThat(deaths).hasValue(3);
    }

    @Test
    void aTaskThatKillsEveryWorkerAtItsStartEnds() {
        AtomicInteger starts = new AtomicInteger();
        Place place = failing(() -> {
            starts.incrementAndGet();
            return new ChannelClosedException("exit 137");
        });
        try (TaskResults<Object> results = new TaskResults<>(List.of(1, 2).iterator(), List.of(place, place), 0, 10)) {
            assertThat(all(results))
                    .extracting(TaskResult::error)
                    .containsOnly("no worker is left: 5 in one place were lost one after the other, the last one:"
                            + " exit 137");
        }
        assertThat(starts).hasValue(10);
    }

    @Test
    void whateverIsThrownInAPlaceNoItemIsLost() {
        for (Throwable thrown : List.of(
                new IllegalArgumentException("unshippable"),
                new ChannelInterruptedException("who?"),
                new OutOfMemoryError("no thread"),
                new StackOverflowError())) {
            AtomicInteger starts = new AtomicInteger();
            Place bad = failing(() -> {
                starts.incrementAndGet();
                return thrown;
            });
            try (TaskResults<Object> results = new TaskResults<>(
                    List.of(1, 2, 3).iterator(), List.of(bad, place(TaskResultsTest::twice)), 0, 10)) {
                assertThat(all(results)).containsExactly(twice(1), twice(2), twice(3));
            }
            try (TaskResults<Object> results =
                    new TaskResults<>(List.of(1, 2, 3).iterator(), List.of(bad), 0, 10)) {
                assertThat(all(results))
                        .hasSize(3)
                        .allSatisfy(each -> assertThat(each.error()).startsWith("no worker is left: "));
            }
            assertThat(starts.get()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void anErrorWhileAnItemIsWithItsWorkerIsThatItemsResult() {
        Function<Object, TaskResult<?>> task = item -> {
            if (item.equals(2)) {
                throw new OutOfMemoryError("a long answer");
            }
            return twice(item);
        };
        try (TaskResults<Object> results = run(1, 2, 10, List.of(1, 2, 3).iterator(), task)) {
            assertThat(all(results))
                    .containsExactly(
                            twice(1), TaskResult.failure(2, "java.lang.OutOfMemoryError: a long answer"), twice(3));
        }
    }

    @Test
    void anInterruptOfWhoReadsItemsIsToldAndNotWaitedForInVain() {
        Iterator<Integer> items = Stream.of(1, 2)
                .peek(each -> {
                    if (each == 2) {
                        Thread.currentThread().interrupt();
                    }
                })
                .iterator();
        try (TaskResults<Object> results = run(1, 0, 10, items, TaskResultsTest::twice)) {
            assertThat(results.next()).isEqualTo(twice(1));
            assertThatThrownBy(results::next).isInstanceOf(ChannelInterruptedException.class);
        }
    }

    @Test
    void whetherThereIsAnotherItemMayBeWaitedForInTime() throws InterruptedException {
        CountDownLatch typed = new CountDownLatch(1);
        Iterator<Integer> slow = Stream.of(1).peek(each -> awaitOrThrow(typed)).iterator();
        try (TaskResults<Object> results = run(1, 0, 10, slow, TaskResultsTest::twice)) {
            assertThatThrownBy(() -> results.hasNext(Duration.ofMillis(20)))
                    .isInstanceOf(ChannelTimeoutException.class);
            typed.countDown();
            assertThat(results.hasNext(Duration.ofSeconds(20))).isTrue();
            assertThat(results.next()).isEqualTo(twice(1));
            assertThat(results.hasNext(Duration.ofSeconds(20))).isFalse();
        }
    }

    @Test
    void whoTakesNoResultsStopsTheWork() {
        AtomicInteger done = new AtomicInteger();
        Function<Object, TaskResult<?>> task = item -> {
            done.incrementAndGet();
            return twice(item);
        };
        try (TaskResults<Object> results =
                run(2, 0, 5, Stream.iterate(1, each -> each + 1).iterator(), task)) {
            await().during(Duration.ofMillis(100)).until(() -> done.get() == 5);
            assertThat(results.next()).isEqualTo(twice(1));
            await().during(Duration.ofMillis(100)).until(() -> done.get() == 6);
        }
    }

    @Test
    void aWorkerThatIsFastHasTheNextItemBeforeItAnswers() {
        List<Object> sent = new CopyOnWriteArrayList<>();
        Place place = () -> new PoolWorker() {
            @Override
            public void send(@Nullable Object item) {
                sent.add(item);
            }

            @Override
            public TaskResult<?> answer(@Nullable Object item) {
                // The first answer shows that it is fast, if the machine lets it: of many items one has a follower.
                boolean hasFollower = sent.size() > (Integer) item;
                return TaskResult.success(item, hasFollower);
            }

            @Override
            public void close() {}
        };
        Iterator<Integer> items = IntStream.rangeClosed(1, 10_000).iterator();
        try (TaskResults<Object> results = new TaskResults<>(items, List.of(place), 0, 100)) {
            assertThat(all(results)).anyMatch(each -> Boolean.TRUE.equals(each.value()));
        }
        assertThat(sent).hasSize(10_000).doesNotHaveDuplicates();
    }

    @Test
    void anItemThatWasSentAheadToALostWorkerIsNotCountedAsLostWithIt() {
        AtomicInteger deaths = new AtomicInteger();
        Set<Object> begun = ConcurrentHashMap.newKeySet();
        Function<Object, TaskResult<?>> task = item -> {
            // Every hundredth item is lost with its worker, once; whatever was sent behind it was not begun.
            if ((Integer) item % 100 == 0 && begun.add(item)) {
                deaths.incrementAndGet();
                throw new GatewayLostException(Stage.RUNNING, "gone", DIAGNOSIS, null);
            }
            return twice(item);
        };
        Iterator<Integer> items = IntStream.range(1, 1000).iterator();
        List<TaskResult<?>> all;
        try (TaskResults<Object> results = run(2, 0, 100, items, task)) {
            all = all(results);
        }
        assertThat(all).hasSize(999);
        assertThat(all.stream().filter(TaskResult::failed)).hasSize(9);
        assertThat(deaths).hasValue(9);
    }

    @Test
    void anAnswerThatCameBeforeTheWorkerWasLostCountsAlthoughNothingMoreCanBeSent() {
        Place place = () -> new PoolWorker() {
            private int unanswered;

            @Override
            public void send(@Nullable Object item) {
                if (unanswered > 0) {
                    throw new GatewayLostException(Stage.RUNNING, "lost after its answer", DIAGNOSIS, null);
                }
                unanswered++;
            }

            @Override
            public TaskResult<?> answer(@Nullable Object item) {
                unanswered--;
                return twice(item);
            }

            @Override
            public void close() {}
        };
        Iterator<Integer> items = IntStream.rangeClosed(1, 1000).iterator();
        try (TaskResults<Object> results = new TaskResults<>(items, List.of(place), 0, 100)) {
            assertThat(all(results)).hasSize(1000).noneMatch(TaskResult::failed);
        }
    }

    @Test
    void anErrorOfTheTaskIsTheItemsResultAndIsNotTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Function<Object, TaskResult<?>> task = item -> {
            calls.incrementAndGet();
            return TaskResult.failure(item, "Traceback");
        };
        try (TaskResults<Object> results =
                run(2, 2, 10, List.of(1, "unsendable").iterator(), task)) {
            assertThat(all(results))
                    .containsExactly(
                            TaskResult.failure(1, "Traceback"),
                            TaskResult.failure("unsendable", "the item cannot be sent: no such type"));
        }
        assertThat(calls).hasValue(1);
        assertThat(replacements).hasValue(0);
    }

    @Test
    void aTaskThatFailsAsAWholeIsStartedAnew() {
        AtomicInteger answers = new AtomicInteger();
        Function<Object, TaskResult<?>> task = item -> {
            if (answers.getAndIncrement() == 1) {
                throw new RemoteTaskException("Traceback: no memory");
            }
            return twice(item);
        };
        try (TaskResults<Object> results = run(1, 2, 10, List.of(1, 2, 3).iterator(), task)) {
            assertThat(all(results)).containsExactly(twice(1), TaskResult.failure(2, "Traceback: no memory"), twice(3));
        }
        assertThat(replacements).hasValue(1);
    }

    @Test
    void aFunctionThatCannotBeginIsToldOnce() {
        Function<Object, TaskResult<?>> broken = item -> {
            throw new RemoteTaskException("Traceback: no such class");
        };
        try (TaskResults<Object> results =
                run(3, 2, 2, Collections.nCopies(100, (Object) 1).iterator(), broken)) {
            assertThat(results.hasNext()).isTrue();
            assertThatThrownBy(results::next)
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessage("Traceback: no such class");
        }
        assertThat(replacements).hasValue(0);
    }

    @Test
    void aFunctionThatCannotBeginIsToldOnceAlsoIfItFailedBeforeTheFirstItemWasSent() {
        Function<Object, TaskResult<?>> broken = item -> {
            throw new RemoteTaskException("Traceback: no such module");
        };
        try (TaskResults<Object> results =
                run(2, 2, 4, Collections.nCopies(4, (Object) "too late").iterator(), broken)) {
            assertThatThrownBy(results::next)
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessage("Traceback: no such module");
        }
        assertThat(replacements).hasValue(0);
    }

    @Test
    void anInterruptBeforeTheFirstAnswerIsItsItems() {
        AtomicInteger answers = new AtomicInteger();
        Function<Object, TaskResult<?>> task = item -> {
            if (answers.getAndIncrement() == 0) {
                throw new RemoteTaskException("keyboard-interrupted");
            }
            return twice(item);
        };
        try (TaskResults<Object> results = run(1, 2, 10, List.of(1, 2).iterator(), task)) {
            assertThat(all(results)).containsExactly(TaskResult.failure(1, "keyboard-interrupted"), twice(2));
        }
    }

    @Test
    void aFailedItemsValueIsItsError() {
        TaskResult<String> failed = TaskResult.failure(1, "Traceback");
        assertThatThrownBy(failed::value)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessage("Traceback");
        assertThat(failed.error()).isEqualTo("Traceback");
        assertThat(TaskResult.success(1, null).value()).isNull();
    }

    @Test
    void whereOnlySomePlacesCannotBeginTheOthersDoTheWork() {
        Place bad = place(item -> {
            throw new RemoteTaskException("Traceback: no such module");
        });
        try (TaskResults<Object> results =
                new TaskResults<>(List.of(1, 2, 3).iterator(), List.of(bad, place(TaskResultsTest::twice)), 0, 10)) {
            assertThat(all(results)).containsExactly(twice(1), twice(2), twice(3));
        }
    }

    @Test
    @DisplayName("P06 P10 waiting does not throw, getting does, each time")
    void aFailureToReadItemsComesAfterTheResultsBefore() {
        Iterator<Integer> items = Stream.of(1, 0)
                .map(each -> {
                    if (each == 0) {
                        throw new IllegalArgumentException("no such line");
                    }
                    return each;
                })
                .iterator();
        try (TaskResults<Object> results = run(2, 0, 10, items, TaskResultsTest::twice)) {
            assertThat(results.next()).isEqualTo(twice(1));
            assertThat(results.hasNext()).isTrue();
            assertThatThrownBy(results::next).hasMessage("no such line");
            assertThat(results.hasNext()).isTrue();
            assertThatThrownBy(results::next).hasMessage("no such line");
        }
    }

    @Test
    @DisplayName("P09 P11 a result may be waited for in time: not while its task runs, but after")
    void aResultMayBeWaitedForInTime() {
        CountDownLatch ready = new CountDownLatch(1);
        Function<Object, TaskResult<?>> task = item -> {
            awaitOrThrow(ready);
            return twice(item);
        };
        try (TaskResults<Object> results = run(1, 0, 10, List.of(1).iterator(), task)) {
            assertThatThrownBy(() -> results.next(Duration.ofMillis(20))).isInstanceOf(ChannelTimeoutException.class);
            assertThat(results.hasNext()).isTrue();
            ready.countDown();
            assertThat(results.next(Duration.ofSeconds(20))).isEqualTo(twice(1));
        }
    }

    @Test
    void closingWakesEverybodyAndReplacesNobody() throws InterruptedException {
        TaskResults<Object> results =
                run(2, 2, 10, Collections.nCopies(20, "forever").iterator(), TaskResultsTest::twice);
        CountDownLatch ended = new CountDownLatch(1);
        Thread taker = new Thread(() -> {
            assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
            ended.countDown();
        });
        taker.start();
        results.close();
        ended.await();
        taker.join();
        assertThat(results.hasNext()).isFalse();
        assertThat(replacements).hasValue(0);
        noThreadIsLeft();
    }

    @Test
    void idleWorkersEndWithTheLastResult() {
        CountDownLatch ready = new CountDownLatch(1);
        Function<Object, TaskResult<?>> task = item -> {
            awaitOrThrow(ready);
            return twice(item);
        };
        try (TaskResults<Object> results = run(3, 0, 10, List.of(1).iterator(), task)) {
            await().until(() -> poolThreads().count() == 3
                    && poolThreads().allMatch(thread -> thread.getState() == Thread.State.WAITING));
            ready.countDown();
            assertThat(results.next()).isEqualTo(twice(1));
            noThreadIsLeft();
        }
    }

    @Test
    void anInterruptIsTold() {
        try (TaskResults<Object> results = run(1, 0, 10, List.of("forever").iterator(), TaskResultsTest::twice)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(results::next).isInstanceOf(ChannelInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static void noThreadIsLeft() {
        await().until(() -> poolThreads().findAny().isEmpty());
    }

    private static Stream<Thread> poolThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("execnet4j-pool-worker-")
                        || thread.getName().equals("execnet4j-pool-items"));
    }

    private static void awaitOrThrow(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new ChannelInterruptedException("interrupted");
        }
    }
}
