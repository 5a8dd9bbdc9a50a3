package execnet4j.ship;

import execnet4j.ship.Reference.Kind;
import java.lang.invoke.MethodHandleInfo;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * What tasks of the running program reach, computed once for each method or class, whichever groups run them, and forgotten
 * with the class. Classes that were loaded anew are other classes, and computed anew.
 */
final class LoadedCode {
    private static final String WHOLE_CLASS = "";

    private static final ClassValue<ConcurrentMap<String, ShippedCode>> KNOWN = new ClassValue<>() {
        @Override
        protected ConcurrentMap<String, ShippedCode> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private LoadedCode() {}

    static ShippedCode of(LambdaParts lambda) {
        if (lambda.kind() != MethodHandleInfo.REF_invokeStatic) {
            return of(lambda.owner());
        }
        String method = lambda.name() + lambda.descriptor();
        return known(
                lambda.owner(), method, () -> new Reference(Kind.STATIC_METHOD, internalName(lambda.owner()), method));
    }

    static ShippedCode of(Class<?> type) {
        return known(type, WHOLE_CLASS, () -> new Reference(Kind.WHOLE, internalName(type)));
    }

    private static ShippedCode known(Class<?> type, String key, Supplier<Reference> start) {
        return KNOWN.get(type).computeIfAbsent(key, absent -> {
            ClassBytes source = new LoadedClassBytes(type.getClassLoader());
            return new ShippedCode(ReachableClasses.from(source, List.of(start.get())));
        });
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
