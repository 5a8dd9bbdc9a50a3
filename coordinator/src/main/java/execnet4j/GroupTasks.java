package execnet4j;

import execnet4j.channel.Channel;
import execnet4j.concurrent.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Gives one task to all members of a group. */
final class GroupTasks {
    private final Group group;
    private final Members members;

    GroupTasks(Group group, Members members) {
        this.group = group;
        this.members = members;
    }

    /** Source text, which only workers of one language can share. */
    MultiChannel text(String source, Deadline deadline) {
        List<Gateway> all = members.all();
        if (all.stream().map(gateway -> gateway.tasks().language()).distinct().count() > 1) {
            throw new IllegalArgumentException("bare text is in the worker's language, and " + group
                    + " has JVM workers and Python workers; say which it is with Program.java(...) or"
                    + " Program.python(...), and run it on the gateways of that kind");
        }
        return each(all, worker -> worker.text(source), deadline);
    }

    MultiChannel each(Function<WorkerTasks, TaskStart> prepare, Deadline deadline) {
        return each(members.all(), prepare, deadline);
    }

    /** The function, after all that can be refused of it was not; without members, as for workers with this process's Java. */
    PreparedFunction checked(PreparedFunction function) {
        if (members.all().isEmpty()) {
            function.prepare(Runtime.version().feature());
        }
        members.all().forEach(gateway -> gateway.tasks().check(function));
        return function;
    }

    /** Prepares for every member before any of them is sent something; where one then still fails, none goes on. */
    private static MultiChannel each(
            List<Gateway> gateways, Function<WorkerTasks, TaskStart> prepare, Deadline deadline) {
        List<TaskStart> starts =
                gateways.stream().map(Gateway::tasks).map(prepare).toList();
        gateways.forEach(Gateway::requireLive);
        List<Channel> started = new ArrayList<>();
        try {
            starts.forEach(start -> started.add(start.run(deadline)));
        } catch (RuntimeException e) {
            started.forEach(Channel::close);
            throw e;
        }
        return MultiChannel.of(started);
    }
}
