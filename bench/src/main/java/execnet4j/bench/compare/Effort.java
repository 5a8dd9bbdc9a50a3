package execnet4j.bench.compare;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param warmUps rounds whose figures are thrown away, for the compilers of JVMs to do their work
 * @param warmUpSample for how long a thing is measured in each of these
 * @param rounds rounds that count
 * @param startRounds the same where processes are started
 * @param scaleRounds the same where there are thousands of things or hundreds of processes
 * @param sample for how long a thing is measured in each round
 * @param channels how many are open at once
 * @param tasks how many run in a row
 * @param fewWorkers how many a small group has
 * @param manyWorkers how many a large group has
 */
record Effort(
        int warmUps,
        Duration warmUpSample,
        int rounds,
        int startRounds,
        int scaleRounds,
        Duration sample,
        int channels,
        int tasks,
        int fewWorkers,
        int manyWorkers) {
    static final Effort FULL =
            new Effort(2, Duration.ofSeconds(1), 7, 7, 2, Duration.ofMillis(200), 100_000, 10_000, 10, 200);
    static final Effort QUICK = new Effort(0, Duration.ZERO, 1, 1, 1, Duration.ofMillis(5), 200, 20, 2, 3);

    /** Whether it shows that things work and nothing more. */
    boolean tiny() {
        return equals(QUICK);
    }

    int warmUps(Phase phase) {
        return phase == Phase.SCALE ? 0 : warmUps;
    }

    int rounds(Phase phase) {
        return phase == Phase.SCALE ? scaleRounds : phase == Phase.STARTS ? startRounds : rounds;
    }

    /** The same with another number of rounds. */
    Effort withRounds(int count) {
        return new Effort(
                warmUps,
                warmUpSample,
                count,
                count,
                Math.min(scaleRounds, count),
                sample,
                channels,
                tasks,
                fewWorkers,
                manyWorkers);
    }
}
