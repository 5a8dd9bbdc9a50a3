package execnet4j.worker;

import execnet4j.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What a process writes, as items of a channel. */
public final class OutputItems {
    /** What a pipe holds. */
    private static final int CHUNK = 1 << 16;

    private OutputItems() {}

    /**
     * Sends bytes as they come, no faster than they are received, until their end.
     *
     * @param from where they come from; closed then, or if the channel takes no more
     * @param to gets arrays of bytes, none of them empty
     * @return whether there were any
     * @throws IOException if they cannot be read
     */
    public static boolean send(InputStream from, Channel to) throws IOException {
        byte[] chunk = new byte[CHUNK];
        boolean any = false;
        try (from) {
            for (int got = from.read(chunk); got >= 0; got = from.read(chunk)) {
                to.send(Arrays.copyOf(chunk, got));
                any = true;
            }
        }
        return any;
    }
}
