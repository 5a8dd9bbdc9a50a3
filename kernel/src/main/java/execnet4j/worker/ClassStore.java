package execnet4j.worker;

import execnet4j.error.LoadException;
import execnet4j.protocol.CodeHash;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Class files by the SHA-256 of their bytes, kept for the gateway's life so that each is sent once. Safe for threads. */
final class ClassStore {
    private final ConcurrentMap<String, byte[]> byHash = new ConcurrentHashMap<>();

    /**
     * Takes the coordinator's word for the hash: what runs here is its choice in any case, and the first digest of a process
     * takes as long as all the rest of a small task.
     */
    void add(String hash, byte[] bytes) {
        byHash.putIfAbsent(hash, bytes);
    }

    String add(byte[] bytes) {
        String hash = CodeHash.of(bytes);
        byHash.putIfAbsent(hash, bytes);
        return hash;
    }

    boolean contains(String hash) {
        return byHash.containsKey(hash);
    }

    byte[] get(String hash) {
        byte[] bytes = byHash.get(hash);
        if (bytes == null) {
            throw new LoadException("code named " + hash + " was never sent");
        }
        return bytes;
    }
}
