package execnet4j;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.error.SpecException;
import execnet4j.spec.GatewaySpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The gateways of a group in their order, and the ids that are taken, by them and by those that are being made. */
final class Members {
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final List<Gateway> gateways = new ArrayList<>();

    @GuardedBy("lock")
    private final Set<String> takenIds = new HashSet<>();

    @GuardedBy("lock")
    private int nextNumber;

    /** The gateways of this moment. */
    List<Gateway> all() {
        lock.lock();
        try {
            return List.copyOf(gateways);
        } finally {
            lock.unlock();
        }
    }

    /** An id that nobody has or had, nor is among those to avoid. */
    String nextId(Set<String> avoided) {
        lock.lock();
        try {
            String id = "gw" + nextNumber++;
            while (takenIds.contains(id) || avoided.contains(id)) {
                id = "gw" + nextNumber++;
            }
            return id;
        } finally {
            lock.unlock();
        }
    }

    /** Reserves an id for a gateway that is to be made. */
    void take(String id) {
        lock.lock();
        try {
            if (!takenIds.add(id)) {
                throw new SpecException("the group has a gateway with the id '" + id + "' already");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives an id back whose gateway was not made. */
    void release(String id) {
        lock.lock();
        try {
            takenIds.remove(id);
        } finally {
            lock.unlock();
        }
    }

    void add(Gateway gateway) {
        lock.lock();
        try {
            gateways.add(gateway);
        } finally {
            lock.unlock();
        }
    }

    void remove(Gateway gateway) {
        lock.lock();
        try {
            gateways.remove(gateway);
            takenIds.remove(gateway.id());
        } finally {
            lock.unlock();
        }
    }

    /** Gateways that were made side by side get the order in which they were asked for. */
    void sort(List<GatewaySpec> order) {
        lock.lock();
        try {
            gateways.sort(Comparator.comparingInt(gateway -> order.indexOf(gateway.spec())));
        } finally {
            lock.unlock();
        }
    }

    /** Whether there are none, and none is being made. */
    boolean isEmpty() {
        lock.lock();
        try {
            return takenIds.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
