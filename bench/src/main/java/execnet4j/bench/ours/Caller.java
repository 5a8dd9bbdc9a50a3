package execnet4j.bench.ours;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** On which kind of thread the measured calls are made. */
enum Caller {
    /** The thread that asks. */
    PLATFORM {
        @Override
        <T> T call(Callable<T> work) throws Exception {
            return work.call();
        }
    },
    /** A virtual one; fails before Java 21. */
    VIRTUAL {
        @Override
        <T> T call(Callable<T> work) throws Exception {
            ExecutorService threads = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            try {
                return threads.submit(work).get();
            } finally {
                threads.shutdown();
            }
        }
    };

    /** Runs it there and waits. */
    abstract <T> T call(Callable<T> work) throws Exception;
}
