package execnet4j.ship;

import org.objectweb.asm.Type;

/**
 * What one piece of code needs of a class.
 *
 * @param kind how much of the class
 * @param owner the class's internal name, never an array's
 * @param method name and descriptor, for {@link Kind#STATIC_METHOD}; empty for all else
 */
record Reference(Kind kind, String owner, String method) {
    /** How much of a class is needed. */
    enum Kind {
        /** The class must be there, no code of it runs. */
        DEFINED,
        /** Its static initialiser runs. */
        INITIALIZED,
        /** One static method of it or of its superclasses runs. */
        STATIC_METHOD,
        /** There may be instances of it: any of its methods may run. */
        WHOLE
    }

    Reference(Kind kind, String owner) {
        this(kind, owner, "");
    }

    static Reference to(Kind kind, Type objectType) {
        return new Reference(kind, objectType.getInternalName());
    }
}
