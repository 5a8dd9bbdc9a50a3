package execnet4j.worker;

import execnet4j.protocol.CodeNames;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Which bytes each class name stands for in one loader. A name never changes its bytes: that takes another loader. */
final class CodeTable implements LoaderCode {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> hashes = new HashMap<>();
    private final ClassStore store;
    private final CodeRequests requests;

    CodeTable(ClassStore store, CodeRequests requests) {
        this.store = store;
        this.requests = requests;
    }

    /** Takes in more names, all or none: false if one of them stands for other bytes here. */
    boolean extend(Map<String, String> more) {
        lock.lock();
        try {
            for (Map.Entry<String, String> entry : more.entrySet()) {
                String known = hashes.get(entry.getKey());
                if (known != null && !known.equals(entry.getValue())) {
                    return false;
                }
            }
            hashes.putAll(more);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte @Nullable [] shipped(String binaryName) {
        String hash;
        lock.lock();
        try {
            hash = hashes.get(binaryName);
        } finally {
            lock.unlock();
        }
        return hash == null ? null : store.get(hash);
    }

    @Override
    public byte @Nullable [] asked(String binaryName) {
        byte[] bytes = CodeNames.isBinaryName(binaryName) ? requests.classBytes(binaryName) : null;
        if (bytes == null) {
            return null;
        }
        String hash = store.add(bytes);
        String agreed;
        lock.lock();
        try {
            // Another task may have brought the name with bytes of its own while we were asking: the first to come
            // stands.
            agreed = hashes.putIfAbsent(binaryName, hash);
        } finally {
            lock.unlock();
        }
        return agreed == null ? bytes : store.get(agreed);
    }

    @Override
    public byte @Nullable [] resource(String name) {
        return CodeNames.isResourceName(name) ? requests.resource(name) : null;
    }
}
