package execnet4j;

import execnet4j.bootstrap.LiveWorker;
import execnet4j.bootstrap.WorkerStart;
import execnet4j.concurrent.Deadline;
import execnet4j.ship.TaskShipper;
import execnet4j.spec.GatewaySpec;
import execnet4j.transport.DialledWorker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the workers of one group, as its settings say. */
final class WorkerStarter {
    private final Group group;
    private final Members members;
    private final TaskShipper shipper;
    private final OutputListener output;
    private final long byteBudget;
    private final boolean budgetForWorkersToo;

    WorkerStarter(Group group, Members members, TaskShipper shipper, GroupBuilder settings) {
        this.group = group;
        this.members = members;
        this.shipper = shipper;
        output = settings.output();
        byteBudget = settings.coordinatorByteBudget();
        budgetForWorkersToo = settings.choseByteBudget();
    }

    /** A new member. */
    Gateway add(GatewaySpec named, Duration timeout) {
        Gateway host = ViaHost.of(members, named);
        return add(named, () -> start(named, host, timeout));
    }

    /** A new member, whose worker came by itself. */
    Gateway take(GatewaySpec named, DialledWorker worker, Duration timeout) {
        return add(
                named,
                () -> gateway(
                        named,
                        null,
                        WorkerStart.take(
                                named,
                                worker,
                                byteBudget,
                                budgetForWorkersToo,
                                shipper::codeLibrary,
                                line -> output.printed(named.id().orElseThrow(), line),
                                timeout)));
    }

    private Gateway add(GatewaySpec named, Supplier<Gateway> start) {
        String id = named.id().orElseThrow();
        members.take(id);
        boolean made = false;
        try {
            Gateway gateway = start.get();
            members.add(gateway);
            made = true;
            return gateway;
        } finally {
            if (!made) {
                members.release(id);
            }
        }
    }

    /** A member in the place of one that is lost, and before that of the one it goes through, if that is lost, too. */
    Gateway replace(Gateway lost, Duration timeout) {
        if (!group.contains(lost)) {
            throw ended(lost);
        }
        lost.kill();
        Deadline deadline = Deadline.in(timeout);
        Gateway host = lost.host();
        while (host != null && !host.isAlive()) {
            host = group.replace(host, deadline.remaining());
        }
        Gateway gateway = start(lost.spec(), host, deadline.remaining());
        if (!members.replace(lost, gateway)) {
            gateway.exit();
            throw ended(lost);
        }
        CompletableFuture<Void> unused = lost.worker().transport().exit().thenRun(() -> members.gone(lost));
        return gateway;
    }

    private static IllegalStateException ended(Gateway gateway) {
        return new IllegalStateException("the gateway '" + gateway.id()
                + "' was ended, by itself or with its group; such a one is not replaced");
    }

    private Gateway start(GatewaySpec named, @Nullable Gateway host, Duration timeout) {
        String id = named.id().orElseThrow();
        LiveWorker worker = WorkerStart.start(
                named,
                host == null ? null : host.worker().hop(),
                byteBudget,
                budgetForWorkersToo,
                shipper::codeLibrary,
                line -> output.printed(id, line),
                timeout);
        if (!worker.hasArchive()) {
            ArchiveMaker.started(named, worker.info().release());
        }
        return gateway(named, host, worker);
    }

    private Gateway gateway(GatewaySpec named, @Nullable Gateway host, LiveWorker worker) {
        Gateway gateway = new Gateway(group, named, host, worker, shipper);
        worker.serve(gateway);
        return gateway;
    }
}
