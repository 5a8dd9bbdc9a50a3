package execnet4j.error;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Some gateways of a group could not be started; those that were have been ended again. After the first that fails no other is
 * begun, and what is under way has eleven seconds more: what had not started or failed by then is in no list.
 */
public final class GroupStartException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, RuntimeException> failures;

    /**
     * Makes one; each failure is also a {@linkplain #getSuppressed() suppressed} exception.
     *
     * @param started how many gateways had been started, and are ended now
     * @param stopped how many had not started and not failed, and were stopped or not tried at all
     * @param failures for each gateway that failed, by its id: why; not empty
     */
    public GroupStartException(int started, int stopped, Map<String, ? extends RuntimeException> failures) {
        super(message(started, stopped, failures), failures.values().iterator().next());
        this.failures = new LinkedHashMap<>(failures);
        failures.values().forEach(this::addSuppressed);
    }

    private static String message(int started, int stopped, Map<String, ? extends RuntimeException> failures) {
        return summary(started, stopped, failures.size())
                + failures.entrySet().stream()
                        .map(each ->
                                "\n" + each.getKey() + ": " + each.getValue().getMessage())
                        .collect(Collectors.joining());
    }

    private static String summary(int started, int stopped, int failed) {
        if (stopped > 0) {
            return failed + " of " + (started + stopped + failed)
                    + " gateways did not start, so the rest was ended or not started at all:";
        }
        if (started == 0) {
            return failed == 1 ? "the gateway did not start:" : "none of the " + failed + " gateways started:";
        }
        return failed + " of " + (started + failed) + " gateways did not start, so the " + started
                + (started == 1 ? " that did was" : " that did were") + " ended again:";
    }

    /**
     * The gateways that failed.
     *
     * @return by gateway id, why it failed; in the order of the specs, without those that were stopped or not tried
     */
    public Map<String, RuntimeException> failures() {
        return java.util.Collections.unmodifiableMap(failures);
    }
}
