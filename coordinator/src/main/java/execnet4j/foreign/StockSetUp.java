package execnet4j.foreign;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import execnet4j.serial.Tuple;
import java.util.Map;

/** Does what the keys {@code chdir}, {@code nice} and {@code env:} of a spec ask of a worker that runs already. */
final class StockSetUp implements RemoteTask {
    private static final long serialVersionUID = 1L;

    @Override
    public void run(Channel channel) throws Exception {
        if (!(channel.receive() instanceof Tuple wish) || wish.size() != 3) {
            throw new IllegalArgumentException("a directory, a niceness and variables were expected");
        }
        if (wish.get(1) instanceof Integer increment && increment != 0) {
            Niceness.add(increment);
        }
        if (wish.get(0) instanceof String directory && !directory.isEmpty()) {
            throw new UnsupportedOperationException("chdir=" + directory
                    + ": a JVM cannot change its working directory when it runs; start it there, with"
                    + " python=env -C " + directory + " " + Launcher.path());
        }
        if (wish.get(2) instanceof Map<?, ?> variables && !variables.isEmpty()) {
            String first = String.valueOf(variables.keySet().iterator().next());
            throw new UnsupportedOperationException("env:" + first
                    + ": a JVM cannot change its environment when it runs; set it before, with" + " python=env " + first
                    + "=" + variables.get(first) + " " + Launcher.path());
        }
    }
}
