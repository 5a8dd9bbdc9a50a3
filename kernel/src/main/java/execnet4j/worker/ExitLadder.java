package execnet4j.worker;

import execnet4j.channel.Connection;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.process.SessionProcesses;
import execnet4j.protocol.ExitStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a worker ends. In order, once its input has ended: tasks get 5 seconds to end by themselves, then are interrupted
 * and get 10 more, then the process is halted. Its children end with it in any case.
 *
 * <p>None of this may depend on memory, for a task may hold all of it: the threads exist from the start and wait, what wakes
 * them allocates nothing, and where a rung fails the next is taken. Some memory is kept back for the last, the children.
 *
 * <p>A process that exits since a task found a way to {@code Runtime.exit} first closes the open channels with an error that
 * names the call. One that is ended by a signal, such as SIGTERM, is lost to its coordinator as by any other signal.
 */
final class ExitLadder {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final long WHOLE_LADDER_NANOS = Duration.ofSeconds(22).toNanos();
    private static final long USERS_EXIT_HOOKS_NANOS = Duration.ofSeconds(5).toNanos();

    /** Enough to look for the processes to kill, with all classes that this needs; in G1 a region of its own. */
    private static final int RESERVE_BYTES = 3 << 18;

    private final Connection connection;
    private final TaskRunner runner;
    private final CountDownLatch begun = new CountDownLatch(1);

    @SuppressWarnings("UnusedVariable") // it is there to be let go of
    private volatile byte @Nullable [] reserve = new byte[RESERVE_BYTES];

    private volatile @Nullable Thread halter;
    private volatile long haltAt;
    private volatile int status = ExitStatus.HALTED;
    private volatile boolean orderly;

    ExitLadder(Connection connection, TaskRunner runner) {
        this.connection = connection;
        this.runner = runner;
    }

    /** Notices exits that this class did not begin, and makes ready for the one that it will. */
    void watch() {
        // No method references: see docs/adr/0011.
        Runnable unexpected = new Runnable() {
            @Override
            public void run() {
                unexpected();
            }
        };
        Runnable halt = new Runnable() {
            @Override
            public void run() {
                haltInTheEnd();
            }
        };
        Runnable exit = new Runnable() {
            @Override
            public void run() {
                descend();
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(unexpected, "execnet4j-exit-watch"));
        halter = DaemonThreads.start("execnet4j-halt", halt);
        DaemonThreads.start("execnet4j-exit", exit);
    }

    /** Has the process go down the ladder. Does not wait, and needs no memory; beginning again does nothing. */
    void begin() {
        begun.countDown();
    }

    /** The exit thread: goes down the ladder. Does not return. */
    private void descend() {
        try {
            awaitBegin();
            int reached = endTasks();
            connection.finish(LAST_WORDS);
            status = reached;
        } catch (Throwable e) {
            // Whatever it is, a worker that nobody is connected to must not stay.
            status = ExitStatus.HALTED;
        }
        reserve = null;
        try {
            killFamily();
        } catch (Throwable e) {
            status = ExitStatus.HALTED;
        }
        orderly = true;
        if (status != ExitStatus.HALTED) {
            exit();
        }
        Runtime.getRuntime().halt(status);
    }

    /** Where a task takes memory as fast as it is let go of, this needs several tries; the halt thread sets an end to them. */
    private static void killFamily() {
        while (true) {
            try {
                SessionProcesses.killOwn();
                return;
            } catch (OutOfMemoryError e) {
                Thread.onSpinWait();
            }
        }
    }

    /** Returns only if it fails. */
    private void exit() {
        try {
            haltAt = System.nanoTime() + USERS_EXIT_HOOKS_NANOS;
            LockSupport.unpark(halter);
            System.exit(status);
        } catch (Throwable e) {
            status = ExitStatus.HALTED;
        }
    }

    /** The exit status to give. */
    private int endTasks() throws InterruptedException {
        if (runner.awaitIdle(Deadline.in(GRACE))) {
            return ExitStatus.ENDED;
        }
        runner.interruptAll();
        return runner.awaitIdle(Deadline.in(AFTER_INTERRUPT)) ? ExitStatus.INTERRUPTED : ExitStatus.HALTED;
    }

    /** The halt thread: ends the process where the exit thread cannot, or hooks of the user's do not let it. */
    private void haltInTheEnd() {
        awaitBegin();
        haltAt = System.nanoTime() + WHOLE_LADDER_NANOS;
        while (!isTime()) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(status);
    }

    /** False for what this thread must survive, as an error for want of memory: it is the last that can end the process. */
    private boolean isTime() {
        try {
            for (long left = WHOLE_LADDER_NANOS; left > 0; left = haltAt - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
                // A task that interrupts all threads must not have this one spin.
                boolean unused = Thread.interrupted();
            }
            return true;
        } catch (Throwable e) {
            return false;
        }
    }

    private void awaitBegin() {
        while (true) {
            try {
                begun.await();
                return;
            } catch (Throwable e) {
                // Nobody but a task that goes through all threads does this; it is not time to end for that.
            }
        }
    }

    private void unexpected() {
        if (orderly) {
            return;
        }
        Optional<String> call = whoExits();
        System.err.println("execnet4j: the worker is exiting: " + call.orElse("it was told to by a signal"));
        call.ifPresent(where -> connection.closeAll("the worker is exiting: " + where));
        try {
            connection.finish(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SessionProcesses.killOwn();
    }

    /**
     * The thread that called exit waits in it, with its caller on its stack: the first that is of no module, as the JDK's
     * own way there is, by reflection too. Nobody does where a signal ended the process.
     */
    private static Optional<String> whoExits() {
        return Thread.getAllStackTraces().values().stream()
                .filter(ExitLadder::isExiting)
                .flatMap(stack -> Stream.of(stack)
                        .filter(frame -> frame.getModuleName() == null)
                        .limit(1))
                .map(frame -> "exit was called at " + frame)
                .findFirst();
    }

    private static boolean isExiting(StackTraceElement[] stack) {
        return Stream.of(stack)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    }
}
