package execnet4j.bench.compare;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Measures everything of a plan: phase by phase, in each round all units in turn. */
final class Rounds {
    private final Plan plan;
    private final ProcessFamily family;
    private final PrintStream progress;
    private final Samples samples = new Samples();
    private final long begin = System.nanoTime();

    Rounds(Plan plan, ProcessFamily family, PrintStream progress) {
        this.plan = plan;
        this.family = family;
        this.progress = progress;
    }

    Samples run() throws InterruptedException {
        for (Phase phase : Phase.values()) {
            List<Unit> units = plan.units(phase);
            try (Hosts hosts = new Hosts(family, plan.peers())) {
                for (int round = -plan.effort().warmUps(phase);
                        round < plan.effort().rounds(phase);
                        round++) {
                    if (!units.isEmpty()) {
                        tell(phase, round, units.size());
                    }
                    for (Unit unit : units) {
                        measure(hosts, unit, round >= 0);
                    }
                }
            }
        }
        return samples;
    }

    private void measure(Hosts hosts, Unit unit, boolean counts) throws InterruptedException {
        if (samples.failure(unit) != null) {
            return;
        }
        try {
            if (counts) {
                samples.add(unit, hosts.ask(unit, plan.effort().sample()));
            } else if (unit.isJvm()) {
                hosts.ask(unit, plan.effort().warmUpSample());
            }
        } catch (MeasurementException e) {
            progress.println("bench/compare: " + unit.request() + ": " + e.getMessage());
            samples.failed(unit, String.valueOf(e.getMessage()));
        }
    }

    private void tell(Phase phase, int round, int units) {
        progress.printf(
                Locale.ROOT,
                "bench/compare: %4d s: %s, %s%n",
                (System.nanoTime() - begin) / 1_000_000_000,
                phase.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                round < 0
                        ? "warming up " + units + " measurements"
                        : "round " + (round + 1) + " of " + plan.effort().rounds(phase));
    }
}
