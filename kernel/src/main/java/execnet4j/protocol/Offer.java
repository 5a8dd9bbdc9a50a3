package execnet4j.protocol;

import execnet4j.channel.ConnectionSettings;
import execnet4j.error.LoadException;
import execnet4j.serial.Dump;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator of ours says in the first line to a worker of ours: the extensions are on, and how the worker shall
 * be. A stock master's line is no offer, and then there are no extensions.
 *
 * @param id the gateway's id
 * @param execModel {@code thread}, {@code main_thread_only} or {@code virtual}
 * @param byteBudget the worker's budget for unread bytes, null for its own default
 * @param socket path of a unix socket where the coordinator can be met, null if there is none
 * @param orphanSeconds that the coordinator sends heartbeats and takes them, and after how much silence the worker is to take it
 *     for gone; null for neither
 */
public record Offer(
        String id,
        String execModel,
        @Nullable Long byteBudget,
        @Nullable String socket,
        @Nullable Integer orphanSeconds) {
    /** So long may the first line be, in bytes. */
    public static final int MAX_LINE = 1 << 20;

    /** What a worker answers to the first line when it is ready; from then on there are frames (execnet's protocol). */
    public static final int READY = '1';

    /** What it answers if it has gone to {@link #socket()} and the frames travel there. */
    public static final int READY_ON_SOCKET = '2';

    private static final String LEAD = "execnet4j-1 ";

    /**
     * The line, without its end.
     *
     * @return printable ASCII
     */
    public String line() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("execmodel", execModel);
        fields.put("bytebudget", byteBudget);
        fields.put("socket", socket);
        fields.put("orphan", orphanSeconds);
        return LEAD + Base64.getEncoder().encodeToString(Dump.dumps(fields));
    }

    /**
     * Reads a first line.
     *
     * @param line what the master sent
     * @return the offer, or what a stock master gets: threads, or the main thread if it wants that, and half of the heap for
     *     what is unread, as such a master cannot be told to wait
     * @throws LoadException if it is an offer that cannot be read
     */
    public static Offer of(String line) {
        if (!isOffer(line)) {
            long halfOfTheHeap = Runtime.getRuntime().maxMemory() / 2;
            return new Offer(
                    StockLine.id(line),
                    StockLine.execModel(line),
                    Math.min(ConnectionSettings.MAX_BUDGET, halfOfTheHeap),
                    null,
                    null);
        }
        byte[] dump;
        try {
            dump = Base64.getDecoder().decode(line.substring(LEAD.length()).strip());
        } catch (IllegalArgumentException e) {
            throw new LoadException("the coordinator's offer is no base64", e);
        }
        if (Dump.loads(dump) instanceof Map<?, ?> fields
                && fields.get("id") instanceof String id
                && fields.get("execmodel") instanceof String execModel) {
            return new Offer(
                    id,
                    execModel,
                    budget(fields.get("bytebudget")),
                    fields.get("socket") instanceof String path ? path : null,
                    fields.get("orphan") instanceof Integer seconds && seconds > 0 ? seconds : null);
        }
        throw new LoadException("the coordinator's offer lacks a field");
    }

    private static @Nullable Long budget(@Nullable Object wish) {
        if (wish == null) {
            return null;
        }
        if (wish instanceof Integer || wish instanceof Long) {
            long bytes = ((Number) wish).longValue();
            if (bytes >= 0 && bytes <= ConnectionSettings.MAX_BUDGET) {
                return bytes;
            }
        }
        throw new LoadException("the coordinator's offer has a byte budget of " + wish);
    }

    /**
     * Whether a first line turns the extensions on.
     *
     * @param line what the master sent
     * @return false for a stock master's
     */
    public static boolean isOffer(String line) {
        return line.startsWith(LEAD);
    }

    /**
     * The settings of the worker's end of the connection.
     *
     * @param extensions whether the line was an offer
     * @return the settings
     */
    public ConnectionSettings settings(boolean extensions) {
        long budget = byteBudget == null ? ConnectionSettings.defaultByteBudget() : byteBudget;
        return new ConnectionSettings(id, false, extensions, !extensions, budget);
    }
}
