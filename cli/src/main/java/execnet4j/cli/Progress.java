package execnet4j.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How many items are done: a bar on a terminal, nothing elsewhere. */
final class Progress implements AutoCloseable {
    /** For a number of items that is not known beforehand. */
    static final long UNKNOWN = -1;

    private final Console console;
    private final @Nullable ProgressBar bar;

    Progress(Console console, long items) {
        this.console = console;
        bar = console.columns() == 0 ? null : bar(console, items);
    }

    private static ProgressBar bar(Console console, long items) {
        return new ProgressBarBuilder()
                .setTaskName("map")
                .setInitialMax(items)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new OnConsole(console))
                .build();
    }

    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            console.endBar();
        }
    }

    /** Where the library's bar goes; its own console would not let lines pass above the bar. */
    private static final class OnConsole implements ProgressBarConsumer {
        private final Console console;

        OnConsole(Console console) {
            this.console = console;
        }

        @Override
        public int getMaxRenderedLength() {
            return console.columns() - 2;
        }

        @Override
        public void accept(String rendered) {
            console.bar(rendered);
        }

        /** The library calls this from its own thread, and not always before the bar's close returns. */
        @Override
        public void close() {}
    }
}
