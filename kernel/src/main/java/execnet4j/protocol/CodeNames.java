package execnet4j.protocol;

/**
 * The names by which a worker may ask for code. Both ends check with this: the worker so that it asks for nothing that would
 * be taken for an attack, the coordinator because it trusts no worker.
 */
public final class CodeNames {
    /** Longer names than this are refused; no class file can hold one. */
    private static final int LONGEST = 65_535;

    private CodeNames() {}

    /**
     * Whether a text is the name of a resource: segments parted by {@code /}, none of them empty, {@code .} or {@code ..}.
     *
     * @param name any text
     * @return false for anything that could mean a place outside a class path entry
     */
    public static boolean isResourceName(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' || c == ':' || Character.isISOControl(c)) {
                return false;
            }
        }
        for (String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a text is the binary name of a class, such as {@code com.acme.Outer$Inner}.
     *
     * @param name any text
     * @return false for array and path-like names among others
     */
    public static boolean isBinaryName(String name) {
        if (name.indexOf('/') >= 0 || name.indexOf('[') >= 0 || name.indexOf(';') >= 0) {
            return false;
        }
        return isResourceName(name.replace('.', '/'));
    }

    /**
     * The resource that holds a class.
     *
     * @param binaryName a class's binary name
     * @return such as {@code com/acme/Outer$Inner.class}
     */
    public static String classFile(String binaryName) {
        return binaryName.replace('.', '/') + ".class";
    }
}
