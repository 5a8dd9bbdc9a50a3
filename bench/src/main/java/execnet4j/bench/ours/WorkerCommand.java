package execnet4j.bench.ours;

import execnet4j.Group;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;

/** How a worker was started, as it says itself: so that a bare JVM can be given the same options. */
public final class WorkerCommand {
    private final List<String> options;
    private final String classPath;

    private WorkerCommand(List<String> options, String classPath) {
        this.options = options;
        this.classPath = classPath;
    }

    /**
     * Asks a new worker.
     *
     * @return what it says
     */
    public static WorkerCommand ofNewWorker() {
        try (Group group = Group.start("popen")) {
            List<?> answer = (List<?>) group.get(0)
                    .remoteExec(channel -> channel.send(List.of(
                            ManagementFactory.getRuntimeMXBean().getInputArguments(),
                            System.getProperty("java.class.path"))))
                    .receive();
            List<?> said = Objects.requireNonNull(answer);
            List<String> options =
                    ((List<?>) said.get(0)).stream().map(String::valueOf).toList();
            return new WorkerCommand(options, String.valueOf(said.get(1)));
        }
    }

    /**
     * The options of its JVM.
     *
     * @return without the class path
     */
    public List<String> options() {
        return options;
    }

    /**
     * Where its classes are.
     *
     * @return as {@code -cp} takes it
     */
    public String classPath() {
        return classPath;
    }
}
