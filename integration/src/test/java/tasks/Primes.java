package tasks;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A task of a class of its own, with helper classes and a static. */
public final class Primes implements RemoteTask {
    private static final long serialVersionUID = 1L;

    private static final AtomicInteger RUNS = new AtomicInteger();

    /** How often it ran in this process, as long as its class is the same. */
    public static int runs() {
        return RUNS.get();
    }

    @Override
    public void run(Channel channel) {
        int limit = channel.receive(int.class);
        channel.send(new Sieve(limit).primes());
        channel.send(RUNS.incrementAndGet());
    }

    private static final class Sieve {
        private final int limit;

        Sieve(int limit) {
            this.limit = limit;
        }

        List<Integer> primes() {
            List<Integer> primes = new ArrayList<>();
            for (int each = 2; each < limit; each++) {
                int candidate = each;
                if (primes.stream().noneMatch(prime -> candidate % prime == 0)) {
                    primes.add(each);
                }
            }
            return primes;
        }
    }
}
