package execnet4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.channel.Channel;
import execnet4j.channel.ConnectionPair;
import execnet4j.channel.RemoteTask;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.RemoteTaskException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(50);

    private final ConnectionPair pair = ConnectionPair.open();
    private final AtomicInteger released = new AtomicInteger();
    private TaskRunner runner = runner(TaskThreads.THREAD);

    @AfterEach
    void close() {
        pair.close();
    }

    private TaskRunner runner(TaskThreads model) {
        return runner(new TaskRunner(pair.worker(), model));
    }

    private TaskRunner runner(TaskRunner made) {
        pair.workerHost()
                .onExec((channel, payload) -> made.start(
                        channel,
                        Registered.load(String.valueOf(pair.worker().decode(payload)), released::incrementAndGet)));
        return made;
    }

    private Channel start(RemoteTask task) {
        return pair.exec(Registered.register(task));
    }

    @Test
    void aTaskThatThereIsNoThreadForFailsAloneAndTheWorkerGoesOn() {
        Semaphore threads = new Semaphore(0);
        runner = runner(new TaskRunner(pair.worker(), TaskThreads.THREAD, job -> {
            if (!threads.tryAcquire()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            DaemonThreads.pool().execute(job);
        }));
        Channel refused = start(task -> {});
        assertThatThrownBy(() -> refused.waitClose(LONG))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining(TaskRunner.NO_THREAD);
        assertThat(released.get()).isEqualTo(1);
        assertThat(runner.executing()).isZero();

        threads.release();
        start(task -> {}).waitClose(LONG);
    }

    @Test
    @DisplayName("G07 G34 executing counts up while tasks run, and is back when their ends are known")
    void executingCounts() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(2);
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            channels.add(start(task -> {
                begun.countDown();
                go.await();
            }));
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(runner.executing()).isEqualTo(2);
        assertThat(runner.awaitIdle(Deadline.in(SOON))).isFalse();
        go.countDown();
        channels.forEach(channel -> channel.waitClose(LONG));
        assertThat(runner.executing()).isZero();
        assertThat(runner.awaitIdle(Deadline.in(LONG))).isTrue();
        assertThat(released.get()).isEqualTo(2);
    }

    @Test
    @DisplayName("G07 whoever knows of the end finds the count down, every time")
    void executingIsDownWhenTheEndIsKnown() {
        for (int i = 0; i < 500; i++) {
            start(task -> {}).waitClose(LONG);
            assertThat(runner.executing()).isZero();
        }
    }

    @Test
    @DisplayName("P05 G26 a failing task counts down too, and its error is told")
    void failingTasks() throws Exception {
        assertThatThrownBy(() -> start(task -> {
                            throw new IllegalStateException("oops");
                        })
                        .waitClose(LONG))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("IllegalStateException: oops");
        assertThatThrownBy(() -> start(task -> TaskExit.exit(3)).waitClose(LONG))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("System.exit(3)");
        assertThatThrownBy(() -> start(task -> {
                            throw new StackOverflowError();
                        })
                        .waitClose(LONG))
                .hasMessageContaining("StackOverflowError");
        assertThat(runner.awaitIdle(Deadline.in(LONG))).isTrue();
        assertThat(released.get()).isEqualTo(3);
    }

    @Test
    void aTaskThatCannotBeFoundIsThatTasksError() throws Exception {
        Channel channel = pair.exec("no such task");
        assertThatThrownBy(() -> channel.waitClose(LONG)).isInstanceOf(RemoteTaskException.class);
        assertThat(runner.awaitIdle(Deadline.in(LONG))).isTrue();
    }

    @Test
    void anInterruptedTaskSaysSoAndItsThreadIsCleanAgain() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        Channel sleeping = start(task -> {
            begun.countDown();
            new CountDownLatch(1).await();
        });
        Channel receiving = start(task -> {
            begun.countDown();
            task.receive();
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        runner.interruptAll();
        for (Channel channel : List.of(sleeping, receiving)) {
            assertThatThrownBy(() -> channel.waitClose(LONG))
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessage("keyboard-interrupted");
        }
        Channel later = start(task -> new CountDownLatch(1).await());
        assertThatThrownBy(() -> later.waitClose(LONG)).hasMessage("keyboard-interrupted");
        assertThat(runner.awaitIdle(Deadline.in(LONG))).isTrue();
    }

    @Test
    void aTaskThatHeedsNoInterruptRunsOn() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Channel channel = start(task -> {
            begun.countDown();
            while (true) {
                try {
                    go.await();
                    task.send("still here");
                    return;
                } catch (InterruptedException | ChannelInterruptedException e) {
                    Thread.interrupted();
                }
            }
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        runner.interruptAll();
        go.countDown();
        assertThat(channel.receive(LONG)).isEqualTo("still here");
        channel.waitClose(LONG);
    }

    @Test
    void aTaskThatLostItsCoordinatorJustEnds() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Channel unused = start(task -> {
            begun.countDown();
            task.receive();
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        pair.killWorker();
        assertThat(runner.awaitIdle(Deadline.in(LONG))).isTrue();
        assertThat(runner.executing()).isZero();
        assertThat(released.get()).isEqualTo(1);
    }

    @Test
    @DisplayName("G40 P13 with main_thread_only ten tasks in a row run on the serving thread")
    void mainThreadOnly() {
        runner = runner(TaskThreads.MAIN_THREAD_ONLY);
        Thread main = serve();
        for (int i = 0; i < 10; i++) {
            int number = i;
            Channel channel = start(task -> {
                task.send(Thread.currentThread() == main);
                if (number % 3 == 0) {
                    throw new IllegalStateException("one that fails spoils nothing");
                }
            });
            assertThat(channel.receive(LONG)).isEqualTo(true);
            if (number % 3 == 0) {
                assertThatThrownBy(() -> channel.waitClose(LONG)).isInstanceOf(RemoteTaskException.class);
            } else {
                channel.waitClose(LONG);
            }
        }
    }

    @Test
    @DisplayName("G41 with main_thread_only a second task at once is refused within about a second")
    void mainThreadOnlyRefusesASecondTask() throws Exception {
        runner = runner(TaskThreads.MAIN_THREAD_ONLY);
        serve();
        CountDownLatch go = new CountDownLatch(1);
        Channel first = start(task -> go.await());
        long before = System.nanoTime();
        Channel second = start(task -> task.send("never"));
        assertThatThrownBy(() -> second.receive(LONG))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("main_thread_only")
                .hasMessageContaining("deadlock");
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
        assertThat(runner.executing()).isEqualTo(1);
        go.countDown();
        first.waitClose(LONG);
        assertThat(start(task -> task.send("free again")).receive(LONG)).isEqualTo("free again");
        assertThat(runner.awaitIdle(Deadline.in(LONG))).isTrue();
        assertThat(released.get()).isEqualTo(3);
    }

    @Test
    @DisplayName("P12 once the end was asked for no task starts, and one that runs completes")
    void noTaskStartsAfterTheEndWasAskedFor() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Channel running = start(task -> {
            go.await();
            task.send("complete");
        });
        pair.coordinator().terminatePeer();
        assertThatThrownBy(() -> start(task -> {})).isInstanceOf(GatewayLostException.class);
        go.countDown();
        assertThat(running.receive(LONG)).isEqualTo("complete");
        running.waitClose(LONG);
        assertThat(runner.awaitIdle(Deadline.in(LONG))).isTrue();
    }

    @Test
    @DisplayName("P14 the end waits for a task on the main thread")
    void theEndWaitsForATaskOnTheMainThread() throws Exception {
        runner = runner(TaskThreads.MAIN_THREAD_ONLY);
        Thread unused = serve();
        CountDownLatch go = new CountDownLatch(1);
        Channel channel = start(task -> go.await());
        Channel status = pair.coordinator().status();
        assertThat(status.receive(LONG)).isNotNull();
        assertThat(runner.awaitIdle(Deadline.in(SOON))).isFalse();
        go.countDown();
        channel.waitClose(LONG);
        assertThat(runner.awaitIdle(Deadline.in(LONG))).isTrue();
    }

    @Test
    void anInterruptThatComesLateHitsNoLaterTask() {
        MainThreadTasks tasks = new MainThreadTasks();
        Thread main = new Thread(tasks::serve, "serving");
        main.setDaemon(true);
        main.start();
        LinkedBlockingQueue<Boolean> flags = new LinkedBlockingQueue<>();
        for (int i = 1; i <= 1000; i++) {
            int number = i;
            main.interrupt();
            tasks.submit(() -> flags.add(Thread.currentThread().isInterrupted()), () -> flags.add(true));
            while (flags.size() < number) {
                Thread.onSpinWait();
            }
        }
        assertThat(flags).containsOnly(false);
    }

    private Thread serve() {
        Thread main = new Thread(runner::serveMainThread, "serving");
        main.setDaemon(true);
        main.start();
        return main;
    }
}
