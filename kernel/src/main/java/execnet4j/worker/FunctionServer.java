package execnet4j.worker;

import execnet4j.channel.ErrorText;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.DumpException;
import execnet4j.serial.Dump;
import execnet4j.serial.Tuple;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves a function: each item received is answered with {@code (true, result)} or, if the function fails,
 * {@code (false, traceback)}. An item that fails costs the others nothing.
 */
final class FunctionServer {
    private final ItemFunction function;

    FunctionServer(ItemFunction function) {
        this.function = function;
    }

    /** Answers until there are no more items. An interrupt is not the function's failure but the end of the task. */
    void serve(Iterator<? extends @Nullable Object> items, Consumer<Object> answers) throws InterruptedException {
        while (items.hasNext()) {
            Tuple answer = answer(items.next());
            TaskOutput.endLines();
            try {
                answers.accept(answer);
            } catch (DumpException e) {
                answers.accept(Tuple.of(false, "the result cannot be sent: " + whyUnsendable(answer.get(1), e)));
            }
        }
    }

    private Tuple answer(@Nullable Object item) throws InterruptedException {
        try {
            return Tuple.of(true, function.apply(item));
        } catch (InterruptedException | ChannelInterruptedException e) {
            throw e;
        } catch (Throwable e) {
            return failure(e);
        }
    }

    /** The place of what cannot be sent is given within the result: of the answer around it the user knows nothing. */
    private static @Nullable String whyUnsendable(@Nullable Object result, DumpException ofTheAnswer) {
        try {
            Dump.dumps(result);
            return ofTheAnswer.getMessage();
        } catch (DumpException e) {
            return e.getMessage();
        }
    }

    private static Tuple failure(Throwable thrown) {
        return Tuple.of(false, ErrorText.of(thrown));
    }
}
