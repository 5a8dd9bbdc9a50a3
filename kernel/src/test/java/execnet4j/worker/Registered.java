package execnet4j.worker;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import execnet4j.protocol.TaskEntry;
import execnet4j.protocol.TaskOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A task by its name, so that tests in one process can hand over what no wire could. */
public record Registered(String name) implements RemoteTask {
    private static final Map<String, RemoteTask> TASKS = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    static String register(RemoteTask task) {
        String name = "task" + NUMBER.incrementAndGet();
        TASKS.put(name, task);
        return name;
    }

    static LoadedTask load(String name, Runnable release) {
        return new LoadedTask(
                new TaskEntry.NewInstance(Registered.class.getName(), List.of(name)),
                TaskOrder.Shape.TASK,
                Objects.requireNonNull(Registered.class.getClassLoader()),
                release);
    }

    @Override
    public void run(Channel channel) throws Exception {
        Objects.requireNonNull(TASKS.get(name)).run(channel);
    }
}
