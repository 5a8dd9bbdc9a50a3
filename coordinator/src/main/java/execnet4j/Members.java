package execnet4j;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.error.SpecException;
import execnet4j.spec.GatewaySpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The gateways of a group in their order; those that have left it and whose processes are not known to be gone; and the
 * ids that are taken, by members and by gateways that are being made. While there is any of them, {@link AtExit} knows of
 * the group.
 */
final class Members {
    private final Group group;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final List<Gateway> gateways = new ArrayList<>();

    @GuardedBy("lock")
    private final List<Gateway> ending = new ArrayList<>();

    @GuardedBy("lock")
    private final Set<String> takenIds = new HashSet<>();

    @GuardedBy("lock")
    private int nextNumber;

    Members(Group group) {
        this.group = group;
    }

    /** The gateways of this moment. */
    List<Gateway> all() {
        lock.lock();
        try {
            return List.copyOf(gateways);
        } finally {
            lock.unlock();
        }
    }

    /** The member of an id, if there is one. */
    Optional<Gateway> find(String id) {
        return all().stream().filter(gateway -> gateway.id().equals(id)).findFirst();
    }

    /** Those that go through a gateway, members or ending. */
    List<Gateway> behind(Gateway host) {
        lock.lock();
        try {
            return Stream.concat(gateways.stream(), ending.stream())
                    .filter(gateway -> gateway.host() == host)
                    .toList();
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

    /**
     * Reserves an id for a gateway that is to be made.
     *
     * @throws SpecException if it is taken
     * @throws IllegalStateException if this process is ending
     */
    void take(String id) {
        lock.lock();
        try {
            if (takenIds.contains(id)) {
                throw new SpecException("the group has a gateway with the id '" + id + "' already");
            }
            AtExit.watch(group);
            takenIds.add(id);
        } finally {
            lock.unlock();
        }
    }

    /** Gives an id back whose gateway was not made. */
    void release(String id) {
        lock.lock();
        try {
            takenIds.remove(id);
            forgetIfEmpty();
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

    /** A member is being ended: it is one no more, and its id is free. */
    void leave(Gateway gateway) {
        lock.lock();
        try {
            if (gateways.remove(gateway)) {
                takenIds.remove(gateway.id());
                ending.add(gateway);
            }
        } finally {
            lock.unlock();
        }
    }

    /** All members are being ended, as by {@link #leave}. Gives them, after those that are ending already. */
    List<Gateway> leaveAll() {
        lock.lock();
        try {
            gateways.forEach(gateway -> takenIds.remove(gateway.id()));
            ending.addAll(gateways);
            gateways.clear();
            return List.copyOf(ending);
        } finally {
            lock.unlock();
        }
    }

    /** The process of a gateway that has left is known to be gone. */
    void gone(Gateway gateway) {
        lock.lock();
        try {
            ending.remove(gateway);
            forgetIfEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A gateway of the same id takes the place of a member, which leaves. If that has left before, the new one is no member
     * but ending itself.
     *
     * @return whether it is in its place
     */
    boolean replace(Gateway member, Gateway successor) {
        lock.lock();
        try {
            int place = gateways.indexOf(member);
            if (place >= 0) {
                gateways.set(place, successor);
            }
            ending.add(place >= 0 ? member : successor);
            return place >= 0;
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

    @GuardedBy("lock")
    private void forgetIfEmpty() {
        if (takenIds.isEmpty() && ending.isEmpty()) {
            AtExit.forget(group);
        }
    }
}
