package execnet4j.worker;

import execnet4j.channel.Connection;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.protocol.ExitStatus;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How a worker ends. In order, once its input has ended: tasks get 5 seconds to end by themselves, then are interrupted
 * and get 10 more, then the process is halted. Its children end with it in any case.
 *
 * <p>A process that exits in another way (a task found a way to {@code Runtime.exit}, somebody sent SIGTERM) first closes
 * the open channels with an error that names what did it.
 */
final class ExitLadder {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final Duration USERS_EXIT_HOOKS = Duration.ofSeconds(5);

    private final Connection connection;
    private final TaskRunner runner;
    private volatile boolean orderly;

    ExitLadder(Connection connection, TaskRunner runner) {
        this.connection = connection;
        this.runner = runner;
    }

    /** Notices exits that this class did not begin. */
    void watch() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::unexpected, "execnet4j-exit-watch"));
    }

    /** Goes down the ladder; does not return. */
    void descend() {
        int status = ExitStatus.HALTED;
        try {
            status = endTasks();
            connection.finish(LAST_WORDS);
            SessionProcesses.killAll();
        } catch (InterruptedException | RuntimeException | Error e) {
            // Whatever it is, a worker that nobody is connected to must not stay.
            status = ExitStatus.HALTED;
        }
        orderly = true;
        if (status == ExitStatus.HALTED) {
            Runtime.getRuntime().halt(status);
        }
        haltIfExitHangs(status);
        System.exit(status);
    }

    /** The exit status to give. */
    private int endTasks() throws InterruptedException {
        if (runner.awaitIdle(Deadline.in(GRACE))) {
            return ExitStatus.ENDED;
        }
        runner.interruptAll();
        return runner.awaitIdle(Deadline.in(AFTER_INTERRUPT)) ? ExitStatus.INTERRUPTED : ExitStatus.HALTED;
    }

    private static void haltIfExitHangs(int status) {
        DaemonThreads.start("execnet4j-exit-limit", () -> {
            Deadline limit = Deadline.in(USERS_EXIT_HOOKS);
            while (!limit.hasPassed()) {
                LockSupport.parkNanos(limit.remainingNanos());
            }
            Runtime.getRuntime().halt(status);
        });
    }

    private void unexpected() {
        if (orderly) {
            return;
        }
        String what = "the worker is exiting: " + whoExits();
        System.err.println("execnet4j: " + what);
        connection.closeAll(what);
        try {
            connection.finish(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SessionProcesses.killAll();
    }

    /**
     * The thread that called exit waits in it, with its caller on its stack: the first that is of no module, as the JDK's
     * own way there is, by reflection too.
     */
    private static String whoExits() {
        return Thread.getAllStackTraces().values().stream()
                .filter(ExitLadder::isExiting)
                .flatMap(stack -> Stream.of(stack)
                        .filter(frame -> frame.getModuleName() == null)
                        .limit(1))
                .map(frame -> "exit was called at " + frame)
                .findFirst()
                .orElse("it was told to by a signal");
    }

    private static boolean isExiting(StackTraceElement[] stack) {
        return Stream.of(stack)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    }
}
