package execnet4j;

import execnet4j.channel.Connection;
import execnet4j.channel.RemoteTask;
import execnet4j.serial.Tuple;
import execnet4j.ship.PythonProgram;
import java.nio.file.Path;

/** Tasks for one Python worker: source text, which is compiled there. */
final class PythonTasks implements WorkerTasks {
    private final Connection connection;

    PythonTasks(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Program.Language language() {
        return Program.Language.PYTHON;
    }

    @Override
    public TaskStart text(String source) {
        return start(PythonProgram.text(source));
    }

    @Override
    public TaskStart task(RemoteTask task) {
        throw refused("a task of the class " + task.getClass().getName());
    }

    @Override
    public TaskStart task(Class<? extends RemoteTask> task) {
        throw refused("the class " + task.getName());
    }

    @Override
    public TaskStart program(Program program) {
        if (program.language() != Program.Language.PYTHON) {
            throw refused(program.toString());
        }
        return program.text().map(this::text).orElseGet(() -> start(file(program)));
    }

    private static Tuple file(Program program) {
        Path file = program.file().orElseThrow();
        return program.function()
                .map(function -> PythonProgram.call(file, function, program.arguments()))
                .orElseGet(() -> PythonProgram.file(file));
    }

    @Override
    public TaskStart function(PreparedFunction function) {
        return start(function.python());
    }

    @Override
    public void check(PreparedFunction function) {
        Tuple unused = function.python();
    }

    @Override
    public TaskStart info() {
        return start(PythonProgram.info());
    }

    /** Why a Python does not run something. */
    static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(what
                + " is Java, and this worker is a Python; give it a Program.python(...), a .py file or source text in"
                + " Python, or start a JVM worker for it, as with popen");
    }

    private TaskStart start(Tuple task) {
        byte[] payload = connection.encode(task);
        return deadline -> connection.exec(payload, deadline.remaining());
    }
}
