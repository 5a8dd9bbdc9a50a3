package execnet4j.bench.ours;

import execnet4j.Gateway;
import execnet4j.Group;
import java.util.HashMap;
import java.util.Map;

/** Workers that stay from one sample to the next; they end with this process. For one thread. */
final class Workers {
    private static final Map<String, Gateway> RUNNING = new HashMap<>();

    private Workers() {}

    /**
     * The one of a spec that measures things of one kind: those share what its compiler has learnt.
     *
     * @param spec what kind of worker
     * @param kind what is measured with it
     */
    static Gateway of(String spec, Class<?> kind) {
        return RUNNING.computeIfAbsent(
                spec + " " + kind.getName(), any -> Group.start(spec).get(0));
    }
}
