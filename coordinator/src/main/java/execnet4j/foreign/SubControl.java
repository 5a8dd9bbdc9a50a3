package execnet4j.foreign;

import execnet4j.channel.Channel;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.ExecnetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does what the master asks about a sub-worker; each request is a number and is answered on the same channel. */
final class SubControl {
    private static final int KILL = 1;
    private static final int WAIT = 2;
    private static final int ADDRESS = 3;
    private static final int CLOSE_WRITE = 4;

    private final Process sub;
    private final SubInput input;
    private final Channel control;
    private final Map<?, ?> spec;

    SubControl(Process sub, SubInput input, Channel control, Map<?, ?> spec) {
        this.sub = sub;
        this.input = input;
        this.control = control;
        this.spec = spec;
    }

    /** Does not wait for the sub-worker. */
    void obey(@Nullable Object request) {
        switch (request instanceof Integer code ? code : 0) {
            case KILL -> {
                sub.descendants().forEach(ProcessHandle::destroyForcibly);
                sub.destroyForcibly();
                answer(null);
            }
            case WAIT -> DaemonThreads.start("execnet4j-proxy-exit", this::answerExit);
            case ADDRESS -> answer(spec.get("ssh"));
            case CLOSE_WRITE -> {
                input.close();
                answer(null);
            }
            default -> control.close("there is no request " + request);
        }
    }

    /** On a thread of its own: {@link Process#onExit} needs one of the common pool, which a program may have blocked. */
    private void answerExit() {
        try {
            answer(sub.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(@Nullable Object value) {
        try {
            control.send(value);
        } catch (ExecnetException e) {
            // Whoever asked is gone.
        }
    }
}
