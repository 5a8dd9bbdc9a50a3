package execnet4j.channel;

import execnet4j.concurrent.Deadline;
import execnet4j.error.GatewayLostException.Stage;
import execnet4j.error.LoadException;
import execnet4j.text.HarmlessText;
import execnet4j.wire.FrameWriter;
import execnet4j.wire.Trace;
import execnet4j.wire.WireException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How a connection ends: once, for the first reason that was noticed, and everybody who waits is told. Any thread. */
final class ConnectionEnd {
    /** How long the reader may still take to read what a dead or unwritable peer left in the pipe. */
    private static final Duration READ_OUT = Duration.ofSeconds(1);

    /** How long a writer that failed may wait to be told why: as long as reading out and diagnosing can take. */
    private static final Duration FOR_THE_REASON = Duration.ofSeconds(3);

    private final ConnectionSettings settings;
    private final ConnectionHost host;
    private final Trace trace;
    private final ReaderRole reader;
    private final FrameWriter writer;
    private final ChannelTable channels;
    /** Made beforehand, for when there is no memory to make a better one. */
    private final Loss untold;

    private final AtomicBoolean losing = new AtomicBoolean();
    private final CompletableFuture<Loss> lost = new CompletableFuture<>();
    private final CompletableFuture<Loss> told = new CompletableFuture<>();
    private final CompletableFuture<Void> allRead = new CompletableFuture<>();
    private volatile boolean terminated;

    ConnectionEnd(
            ConnectionSettings settings,
            ConnectionHost host,
            Trace trace,
            ReaderRole reader,
            FrameWriter writer,
            ChannelTable channels) {
        this.settings = settings;
        this.host = host;
        this.trace = trace;
        this.reader = reader;
        this.writer = writer;
        this.channels = channels;
        this.untold =
                new Loss("gateway " + settings.id() + " is lost, and there is no memory left to say why", null, null);
    }

    boolean isLive() {
        return !lost.isDone();
    }

    void requireLive() {
        Loss loss = lost.getNow(null);
        if (loss != null) {
            throw loss.toException();
        }
    }

    /** Completes when it is over and all channels know. */
    CompletableFuture<Loss> told() {
        return told;
    }

    /** The peer has been asked to end. */
    void terminated() {
        terminated = true;
    }

    /** Nothing more comes. */
    void allRead() {
        allRead.complete(null);
    }

    /** The peer has ended, which the reader may not see; what it had written before is read first, for at most a second. */
    void peerGone(String reason) {
        try {
            allRead.get(READ_OUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            lose(reason, null);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lose(reason, null);
        }
    }

    /** The one way to the end: the first cause stays, everybody who waits is told. A reason not given is the cause's. */
    void lose(@Nullable String reason, @Nullable Throwable cause) {
        if (!losing.compareAndSet(false, true)) {
            return;
        }
        Loss loss = diagnose(reason, cause);
        boolean outputMayWork = !settings.coordinator();
        if (!outputMayWork) {
            writer.abort();
        }
        lost.complete(loss);
        try {
            ChannelState.Event event = outputMayWork ? ChannelState.Event.INPUT_END : ChannelState.Event.LOSS;
            channels.all().forEach(channel -> channel.ended(event, new Ending.Lost(loss)));
        } finally {
            reader.stop();
            try {
                host.ended(loss);
            } finally {
                told.complete(loss);
            }
        }
    }

    /** Why nothing can be written: what ends the connection if that is what happens, as soon as it is known. */
    Loss unwritable(IOException e, Deadline deadline) {
        boolean ending = losing.get() || writer.failure() != null;
        long patience = ending ? Math.min(deadline.remainingNanos(), FOR_THE_REASON.toNanos()) : 0;
        try {
            return lost.get(Math.max(0, patience), TimeUnit.NANOSECONDS);
        } catch (TimeoutException stillUnknown) {
            return asNoticed(e);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return asNoticed(e);
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    private Loss asNoticed(IOException e) {
        String what = terminated ? " was terminated" : " cannot be written to: " + e.getMessage();
        return new Loss(terminated ? Stage.ENDING : Stage.RUNNING, "gateway " + settings.id() + what, null, e);
    }

    /** Whoever waits must learn of the end even if finding out more about it fails. */
    private Loss diagnose(@Nullable String known, @Nullable Throwable cause) {
        try {
            String reason = HarmlessText.of(known == null ? reason(cause) : known);
            Loss loss = diagnosed(reason, cause);
            trace.event(() -> "lost: " + loss.reason());
            return loss;
        } catch (OutOfMemoryError e) {
            return untold;
        }
    }

    private Loss diagnosed(String reason, @Nullable Throwable cause) {
        try {
            return host.diagnose(reason, cause);
        } catch (RuntimeException e) {
            trace.event(() -> "no diagnosis: " + e);
            return new Loss(reason, null, cause == null ? e : cause);
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof WireException || cause instanceof LoadException) {
            return "the peer broke the protocol: " + cause.getMessage();
        } else if (cause instanceof IOException) {
            return "the connection failed: " + cause.getMessage();
        } else if (cause instanceof OutOfMemoryError) {
            return "not enough memory for what the peer sent";
        }
        return "a fault in execnet4j itself: " + cause;
    }
}
