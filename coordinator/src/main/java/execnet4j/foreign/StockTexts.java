package execnet4j.foreign;

import execnet4j.protocol.SourceOrder;
import java.util.List;

/**
 * Knows the Python sources by which execnet does its own work (1.9 to 2.1), by what they do: a version that changes their
 * words and not their work is known as well.
 */
final class StockTexts {
    /** The function that execnet calls for {@code _rinfo}. */
    private static final String INFO_FUNCTION = "rinfo_source";

    private static final List<String> SET_UP = List.of("channel.receive()", "os.chdir(", "os.nice(", "os.environ");

    private static final String PROXY_CALL = "serve_proxy_io(channel)";

    private StockTexts() {}

    /** Whether facts about the worker are asked for. */
    static boolean asksForInfo(SourceOrder order) {
        return INFO_FUNCTION.equals(order.function()) && order.text().contains("version_info");
    }

    /** Whether directory, niceness and variables are to be set. */
    static boolean setsUp(SourceOrder order) {
        return order.file() == null
                && order.function() == null
                && SET_UP.stream().allMatch(order.text()::contains);
    }

    /** Whether a worker of this worker is wanted. */
    static boolean startsProxy(SourceOrder order) {
        return order.file() != null
                && order.function() == null
                && order.text().replaceAll("#.*", "").stripTrailing().endsWith(PROXY_CALL);
    }
}
