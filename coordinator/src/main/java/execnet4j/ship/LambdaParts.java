package execnet4j.ship;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A serializable lambda or method reference taken apart: the method it stands for and what it captured. The compiler has left
 * a description in it for Java serialization; it is only looked at, nothing is serialized.
 *
 * @param owner the class that has the method
 * @param kind the reference kind, of {@link MethodHandleInfo}
 * @param name the method
 * @param descriptor its descriptor
 * @param captured what stands before the channel or the item, the receiver first if there is one
 * @param place the class in whose code the lambda stands, with {@code this} if that is what was captured
 */
record LambdaParts(
        Class<?> owner, int kind, String name, String descriptor, List<@Nullable Object> captured, String place) {

    /** Null if the object is no lambda. */
    static @Nullable LambdaParts of(Object task) {
        Class<?> type = task.getClass();
        if (!type.isHidden() && !type.isSynthetic()) {
            return null;
        }
        if (describe(task) instanceof SerializedLambda lambda) {
            return of(lambda, type.getClassLoader());
        }
        return null;
    }

    private static LambdaParts of(SerializedLambda lambda, ClassLoader loader) {
        List<@Nullable Object> captured = new ArrayList<>();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            captured.add(lambda.getCapturedArg(i));
        }
        Class<?> owner;
        try {
            owner = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("the class of the lambda is gone: " + lambda.getImplClass(), e);
        }
        return new LambdaParts(
                owner,
                lambda.getImplMethodKind(),
                lambda.getImplMethodName(),
                lambda.getImplMethodSignature(),
                captured,
                lambda.getCapturingClass().replace('/', '.'));
    }

    /** What its writeReplace gives; reached so that the lambda's package need not be opened to anyone. */
    private static @Nullable Object describe(Object lambda) {
        try {
            // By reflection, as javac warns of every mention of the class; its module is there to stay (JEP 260).
            Class<?> factoryType = Class.forName("sun.reflect.ReflectionFactory");
            Object factory = factoryType.getMethod("getReflectionFactory").invoke(null);
            Object writeReplace = factoryType
                    .getMethod("writeReplaceForSerialization", Class.class)
                    .invoke(factory, lambda.getClass());
            return writeReplace == null ? null : ((MethodHandle) writeReplace).invoke(lambda);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java runtime has no module jdk.unsupported: add it", e);
        } catch (Throwable e) {
            throw new IllegalArgumentException(lambda.getClass().getTypeName() + " cannot be taken apart", e);
        }
    }

    /** The types of the method's arguments, its receiver included. */
    List<Class<?>> parameterTypes() {
        MethodType type = MethodType.fromMethodDescriptorString(descriptor, owner.getClassLoader());
        boolean hasReceiver =
                kind != MethodHandleInfo.REF_invokeStatic && kind != MethodHandleInfo.REF_newInvokeSpecial;
        return (hasReceiver ? type.insertParameterTypes(0, owner) : type).parameterList();
    }

    /** Whether the first thing captured is the object around the lambda. */
    boolean capturesThis() {
        return !captured.isEmpty() && name.startsWith("lambda$") && kind != MethodHandleInfo.REF_invokeStatic;
    }
}
