package execnet4j.concurrent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The one place that knows of virtual threads: Java 21 and newer have them, and this code is built for 17. */
public final class VirtualThreads {
    /** The first release that has them. */
    public static final int SINCE = 21;

    private static final @Nullable MethodHandle START = find();

    private VirtualThreads() {}

    /**
     * Whether this runtime has them.
     *
     * @return true from Java {@value #SINCE} on
     */
    public static boolean exist() {
        return START != null;
    }

    /**
     * Starts one.
     *
     * @param job what it does
     * @return the thread, started
     * @throws UnsupportedOperationException on a runtime older than Java {@value #SINCE}
     */
    public static Thread start(Runnable job) {
        if (START == null) {
            throw new UnsupportedOperationException("virtual threads need Java " + SINCE);
        }
        try {
            return (Thread) START.invokeExact(job);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether the current thread is one, told by the thread group that all of them are said to be in (JEP 444): to ask for
     * that costs nothing at the start of a program, other than a method handle.
     *
     * @return true if it is
     */
    public static boolean isCurrent() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        return group != null && group.getName().equals("VirtualThreads");
    }

    private static @Nullable MethodHandle find() {
        if (Runtime.version().feature() < SINCE) {
            return null;
        }
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
