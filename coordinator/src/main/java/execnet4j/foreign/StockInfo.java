package execnet4j.foreign;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import execnet4j.protocol.WorkerInfo;
import execnet4j.serial.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers {@code _rinfo}: of this worker what the fields say of a Python. */
final class StockInfo implements RemoteTask {
    private static final long serialVersionUID = 1L;

    @Override
    public void run(Channel channel) {
        WorkerInfo info = WorkerInfo.ofThisProcess();
        Map<String, Object> fields = new LinkedHashMap<>();
        // What a python= can name, as it is of a Python.
        fields.put("executable", System.getProperty(Launcher.PROPERTY, info.executable()));
        fields.put("version_info", version(Runtime.version()));
        fields.put("platform", platform(System.getProperty("os.name", "")));
        fields.put("cwd", info.cwd());
        fields.put("pid", info.pid());
        channel.send(fields);
    }

    /** In the form of Python's sys.version_info. */
    private static Tuple version(Runtime.Version version) {
        return Tuple.of(
                version.feature(),
                version.interim(),
                version.update(),
                version.pre().isPresent() ? "candidate" : "final",
                0);
    }

    /** In the form of Python's sys.platform. */
    private static String platform(String osName) {
        String first = List.of(osName.toLowerCase(Locale.ROOT).split(" ")).get(0);
        return first.equals("mac") ? "darwin" : first;
    }
}
