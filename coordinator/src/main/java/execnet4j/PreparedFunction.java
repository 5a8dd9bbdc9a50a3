package execnet4j;

import execnet4j.ship.PreparedTask;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * A function of one value with the code it needs, ready to be sent to any gateway of its group, as often as there are
 * workers. Made by {@link Group#prepare}; any number of threads may use it.
 */
public final class PreparedFunction {
    private final IntFunction<PreparedTask> prepare;
    private final Map<Integer, PreparedTask> byRelease = new ConcurrentHashMap<>();

    PreparedFunction(IntFunction<PreparedTask> prepare) {
        this.prepare = prepare;
    }

    /** For workers of a Java release; prepared when that is seen first. */
    PreparedTask task(int release) {
        return byRelease.computeIfAbsent(release, prepare::apply);
    }
}
