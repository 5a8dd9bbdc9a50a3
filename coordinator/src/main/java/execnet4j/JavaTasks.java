package execnet4j;

import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.channel.RemoteTask;
import execnet4j.serial.ChannelResolver;
import execnet4j.ship.PreparedTask;
import execnet4j.ship.SentClasses;
import execnet4j.ship.TaskShipper;
import execnet4j.worker.InfoTask;
import java.nio.file.Path;

/** Tasks for one JVM worker: compiled and taken apart here, sent as classes. */
final class JavaTasks implements WorkerTasks {
    private final Connection connection;
    private final TaskShipper shipper;
    private final int release;
    private final SentClasses sentClasses = new SentClasses();

    JavaTasks(Connection connection, TaskShipper shipper, int release) {
        this.connection = connection;
        this.shipper = shipper;
        this.release = release;
    }

    @Override
    public Program.Language language() {
        return Program.Language.JAVA;
    }

    @Override
    public TaskStart text(String source) {
        return start(shipper.text(source, release));
    }

    @Override
    public TaskStart task(RemoteTask task) {
        return start(shipper.task(task, release));
    }

    @Override
    public TaskStart task(Class<? extends RemoteTask> task) {
        return start(shipper.task(task, release));
    }

    @Override
    public TaskStart program(Program program) {
        if (program.language() != Program.Language.JAVA) {
            throw refused(program.toString());
        }
        return program.text().map(this::text).orElseGet(() -> start(file(program)));
    }

    private PreparedTask file(Program program) {
        Path file = program.file().orElseThrow();
        return program.function()
                .map(function -> shipper.file(file, function, program.arguments(), release))
                .orElseGet(() -> shipper.file(file, release));
    }

    @Override
    public TaskStart function(PreparedFunction function) {
        return start(function.java(release));
    }

    @Override
    public void check(PreparedFunction function) {
        PreparedTask unused = function.java(release);
    }

    @Override
    public TaskStart info() {
        return start(shipper.task(InfoTask.class, release));
    }

    /** Why a JVM does not run something. */
    static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(
                what + " is Python, and this worker is a JVM; start a Python worker for it, as"
                        + " with popen//python=python3");
    }

    private TaskStart start(PreparedTask task) {
        return deadline -> {
            SentClasses.Order order = sentClasses.order(task, ChannelResolver.NONE);
            Channel channel = connection.exec(order.payload(), deadline.remaining());
            order.sent();
            return channel;
        };
    }
}
