package execnet4j.bootstrap;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Has the kernel sent to one place once, however many workers start there at the same time. One thread for each start. */
final class JarSendings {
    private static final ConcurrentMap<String, CompletableFuture<Void>> UNDER_WAY = new ConcurrentHashMap<>();

    /** How often it was sent to a place. */
    private static final ConcurrentMap<String, Integer> SENT = new ConcurrentHashMap<>();

    private final String place;
    private CompletableFuture<Void> mine = new CompletableFuture<>();
    /** How many sendings of it had ended when it was last looked for there, or before. */
    private int seen;

    /** Of one worker's start, before it looks whether it is there; the place is what has a cache of its own. */
    JarSendings(String place) {
        this.place = place;
        this.seen = sent();
    }

    /** Whether to send it. If somebody else is doing so, waits for the end of that and says no: it may be there now. */
    boolean claim() {
        CompletableFuture<Void> other = UNDER_WAY.putIfAbsent(place, mine);
        if (other != null && other != mine) {
            other.join();
            seen = sent();
            return false;
        }
        int before = seen;
        seen = sent();
        if (seen != before) {
            // Somebody did so between the look there and this.
            release();
            return false;
        }
        return true;
    }

    /** It is there, or will not come; does nothing if it was not claimed. */
    void done() {
        if (UNDER_WAY.get(place) == mine) {
            SENT.merge(place, 1, Integer::sum);
            release();
        }
    }

    private void release() {
        UNDER_WAY.remove(place, mine);
        mine.complete(null);
        mine = new CompletableFuture<>();
    }

    private int sent() {
        return SENT.getOrDefault(place, 0);
    }
}
