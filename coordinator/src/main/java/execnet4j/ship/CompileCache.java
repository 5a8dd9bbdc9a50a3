package execnet4j.ship;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/** Compiles each text once for a release, as long as it is among those used last. Safe for threads. */
final class CompileCache {
    private static final int MOST_TEXTS = 64;

    private final SourceCompiler compiler;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<Key, CompletableFuture<Map<String, byte[]>>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompletableFuture<Map<String, byte[]>>> eldest) {
            return size() > MOST_TEXTS;
        }
    };

    CompileCache(SourceCompiler compiler) {
        this.compiler = compiler;
    }

    /** As {@link SourceCompiler#compile}; what fails is not kept, as the class path may change. */
    Map<String, byte[]> compile(JavaSource source, int release) {
        Key key = new Key(source, release);
        CompletableFuture<Map<String, byte[]>> mine = new CompletableFuture<>();
        CompletableFuture<Map<String, byte[]>> earlier;
        lock.lock();
        try {
            earlier = known.putIfAbsent(key, mine);
        } finally {
            lock.unlock();
        }
        if (earlier != null) {
            return join(earlier);
        }
        try {
            mine.complete(compiler.compile(source, release));
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            forget(key);
        }
        return join(mine);
    }

    private void forget(Key key) {
        lock.lock();
        try {
            known.remove(key);
        } finally {
            lock.unlock();
        }
    }

    private static Map<String, byte[]> join(CompletableFuture<Map<String, byte[]>> classes) {
        try {
            return classes.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private record Key(JavaSource source, int release) {}
}
