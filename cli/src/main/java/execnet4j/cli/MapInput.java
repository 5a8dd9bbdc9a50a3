package execnet4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The items of a map: arguments, of which a lone {@code -} stands for the lines of standard input, then the lines of a
 * file. Lines are read as they are asked for, so that input may be endless; where reading fails the iterator throws
 * {@link java.io.UncheckedIOException}.
 */
final class MapInput implements Iterator<String>, AutoCloseable {
    private static final String STANDARD_INPUT = "-";

    private final Iterator<String> arguments;
    private final BufferedReader standardInput;
    private final @Nullable BufferedReader file;
    private final boolean regularFile;
    private final long count;
    private final Deque<String> ahead = new ArrayDeque<>();
    private Iterator<String> current = Collections.emptyIterator();
    private boolean slow;
    private boolean fileOpened;

    MapInput(List<String> arguments, @Nullable Path file, InputStream standardInput) throws IOException {
        this.arguments = arguments.iterator();
        this.standardInput =
                new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8.newDecoder()));
        this.file = file == null ? null : Files.newBufferedReader(file);
        this.regularFile = file != null && Files.isRegularFile(file);
        this.count = file != null || arguments.contains(STANDARD_INPUT) ? Progress.UNKNOWN : arguments.size();
    }

    /** How many items there are, or {@link Progress#UNKNOWN}. */
    long count() {
        return count;
    }

    /**
     * How many items there are, as far as it matters: reads that many ahead, but waits only for the first line of standard
     * input, for the others may take their time.
     *
     * @param most where counting ends
     * @return the number of items, or {@code most} if there are as many or may be
     */
    int countUpTo(int most) {
        while (ahead.size() < most && hasMore()) {
            ahead.add(current.next());
            if (slow) {
                return most;
            }
        }
        return ahead.size();
    }

    @Override
    public boolean hasNext() {
        return !ahead.isEmpty() || hasMore();
    }

    private boolean hasMore() {
        while (!current.hasNext()) {
            if (arguments.hasNext()) {
                String argument = arguments.next();
                slow = argument.equals(STANDARD_INPUT);
                current = slow
                        ? standardInput.lines().iterator()
                        : List.of(argument).iterator();
            } else if (file != null && !fileOpened) {
                fileOpened = true;
                slow = !regularFile;
                current = file.lines().iterator();
            } else {
                return false;
            }
        }
        return true;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ahead.isEmpty() ? current.next() : ahead.remove();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
