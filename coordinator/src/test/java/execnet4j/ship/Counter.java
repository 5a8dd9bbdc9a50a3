package execnet4j.ship;

import java.util.concurrent.atomic.AtomicInteger;

/** Static state that tasks of the tests meet in the worker. */
public final class Counter {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Counter() {}

    /** The next number, from 1. */
    public static int next() {
        return COUNT.incrementAndGet();
    }
}
