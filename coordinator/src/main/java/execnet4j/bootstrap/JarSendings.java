package execnet4j.bootstrap;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Has the kernel sent to one place once, however many workers start there at the same time. */
final class JarSendings {
    private static final ConcurrentMap<String, CompletableFuture<Void>> UNDER_WAY = new ConcurrentHashMap<>();

    private final String place;
    private final CompletableFuture<Void> mine = new CompletableFuture<>();

    /** Of one worker's start; the place is what has a cache of its own. */
    JarSendings(String place) {
        this.place = place;
    }

    /** Whether to send it. If somebody else is doing so, waits for the end of that and says no: it may be there now. */
    boolean claim() {
        CompletableFuture<Void> other = UNDER_WAY.putIfAbsent(place, mine);
        if (other == null || other == mine) {
            return true;
        }
        other.join();
        return false;
    }

    /** It is there, or will not come; does nothing if it was not claimed. */
    void done() {
        UNDER_WAY.remove(place, mine);
        mine.complete(null);
    }
}
