package execnet4j.bench.peers;

/** What the Python at the other end of Py4J does. */
@FunctionalInterface
public interface Adder {
    /**
     * Adds one.
     *
     * @param number any but the largest
     * @return the next
     */
    int add(int number);
}
