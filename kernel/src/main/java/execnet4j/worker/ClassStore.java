package execnet4j.worker;

import execnet4j.error.LoadException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Class files by the SHA-256 of their bytes, kept for the gateway's life so that each is sent once. Safe for threads. */
public final class ClassStore {
    private final ConcurrentMap<String, byte[]> byHash = new ConcurrentHashMap<>();

    /** Makes an empty one. */
    public ClassStore() {}

    /**
     * The name of some bytes.
     *
     * @param bytes any bytes
     * @return their SHA-256 as 64 lower-case hexadecimal digits
     */
    public static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    void add(String hash, byte[] bytes) {
        String actual = hash(bytes);
        if (!actual.equals(hash)) {
            throw new LoadException("code named " + hash + " arrived with the hash " + actual);
        }
        byHash.putIfAbsent(hash, bytes);
    }

    String add(byte[] bytes) {
        String hash = hash(bytes);
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
