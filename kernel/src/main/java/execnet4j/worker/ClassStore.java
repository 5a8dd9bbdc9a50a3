package execnet4j.worker;

import execnet4j.error.LoadException;
import execnet4j.protocol.CodeHash;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Class files by the SHA-256 of their bytes, kept for the gateway's life so that each is sent once. Safe for threads. */
final class ClassStore {
    private final ConcurrentMap<String, byte[]> byHash = new ConcurrentHashMap<>();

    void add(String hash, byte[] bytes) {
        String actual = CodeHash.of(bytes);
        if (!actual.equals(hash)) {
            throw new LoadException("code named " + hash + " arrived with the hash " + actual);
        }
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
