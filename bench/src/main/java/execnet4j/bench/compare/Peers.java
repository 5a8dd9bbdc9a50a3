package execnet4j.bench.compare;

/**
 * What there is to compare with on this machine; an empty text stands for what there is not.
 *
 * @param bare the C program, compiled
 * @param python a Python that has stock execnet
 * @param py4j a Python that has Py4J
 * @param anyPython a Python for workers of ours
 * @param programs the folder of the Python programs
 */
record Peers(String bare, String python, String py4j, String anyPython, String programs) {
    /** As {@code bench/compare} has found them. */
    static Peers ofProperties() {
        return new Peers(
                property("bare"), property("python"), property("py4j"), property("any-python"), property("programs"));
    }

    private static String property(String name) {
        return System.getProperty("execnet4j.bench." + name, "");
    }
}
