package execnet4j.worker;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteFunction;
import execnet4j.channel.RemoteTask;
import execnet4j.error.LoadException;
import execnet4j.protocol.Arguments;
import execnet4j.protocol.TaskEntry;
import execnet4j.protocol.TaskEntry.MethodCall;
import execnet4j.protocol.TaskEntry.NewInstance;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a {@link TaskEntry} into something that can be called. */
final class EntryPoint {
    private final TaskEntry entry;
    private final ClassLoader loader;

    EntryPoint(TaskEntry entry, ClassLoader loader) {
        this.entry = entry;
        this.loader = loader;
    }

    RemoteTask task() throws Exception {
        if (entry instanceof NewInstance made) {
            return instance(made, RemoteTask.class);
        }
        MethodHandle bound = bound((MethodCall) entry).asType(MethodType.methodType(void.class, Channel.class));
        // No lambda: see docs/adr/0011.
        return new RemoteTask() {
            private static final long serialVersionUID = 1L;

            @Override
            @SuppressWarnings("serial")
            public void run(Channel channel) throws Exception {
                try {
                    bound.invokeExact(channel);
                } catch (Throwable e) {
                    throw asException(e);
                }
            }
        };
    }

    ItemFunction function() throws Exception {
        if (entry instanceof NewInstance made) {
            return converting(instance(made, RemoteFunction.class));
        }
        MethodHandle bound = bound((MethodCall) entry);
        Class<?> type = bound.type().parameterType(0);
        MethodHandle generic = bound.asType(MethodType.genericMethodType(1));
        return item -> {
            Object converted = Arguments.convert(item, type);
            try {
                return (@Nullable Object) generic.invokeExact(converted);
            } catch (Throwable e) {
                throw asException(e);
            }
        };
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the item is converted to what the function takes, which may be null
    private static ItemFunction converting(RemoteFunction<?, ?> function) {
        RemoteFunction<@Nullable Object, @Nullable Object> any =
                (RemoteFunction<@Nullable Object, @Nullable Object>) function;
        Class<?> type = itemType(function.getClass());
        return item -> any.apply(Arguments.convert(item, type));
    }

    private <T> T instance(NewInstance made, Class<T> type) throws Exception {
        Class<?> owner = load(made.owner());
        Class<?>[] parameters = owner.isRecord()
                ? Arrays.stream(owner.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new)
                : new Class<?>[0];
        MethodHandle constructor = lookup(owner).findConstructor(owner, MethodType.methodType(void.class, parameters));
        Object instance;
        try {
            instance = bind(constructor, 0, made.arguments()).invoke();
        } catch (Throwable e) {
            throw asException(e);
        }
        if (!type.isInstance(instance)) {
            throw new LoadException(made.owner() + " is no " + type.getSimpleName());
        }
        return type.cast(instance);
    }

    /** What {@code apply} takes, as far as the class says it. */
    private static Class<?> itemType(Class<?> function) {
        List<? extends Class<?>> types = Arrays.stream(function.getMethods())
                .filter(each -> each.getName().equals("apply") && each.getParameterCount() == 1 && !each.isBridge())
                .map(each -> each.getParameterTypes()[0])
                .toList();
        return types.size() == 1 ? types.get(0) : Object.class;
    }

    /** The method with all arguments but the channel or item in place. */
    private MethodHandle bound(MethodCall call) throws Exception {
        MethodHandle method = find(call).asFixedArity();
        int parameters = method.type().parameterCount();
        int leading = call.leading().size();
        if (leading + 1 + call.trailing().size() != parameters) {
            throw new LoadException(call.owner() + "." + call.name() + " takes " + parameters + " arguments, not "
                    + (leading + 1 + call.trailing().size()));
        }
        return bind(bind(method, leading + 1, call.trailing()), 0, call.leading());
    }

    private MethodHandle find(MethodCall call) throws Exception {
        Class<?> owner = load(call.owner());
        Lookup lookup = lookup(owner);
        MethodType type = MethodType.fromMethodDescriptorString(call.descriptor(), loader);
        try {
            return switch (call.kind()) {
                case MethodHandleInfo.REF_invokeStatic -> lookup.findStatic(owner, call.name(), type);
                case MethodHandleInfo.REF_newInvokeSpecial -> lookup.findConstructor(owner, type);
                case MethodHandleInfo.REF_invokeSpecial -> lookup.findSpecial(owner, call.name(), type, owner);
                default -> lookup.findVirtual(owner, call.name(), type);
            };
        } catch (IllegalAccessException e) {
            // "No such method" is what a lookup says of a class that lacks another one.
            if (e.getCause() instanceof LinkageError missing) {
                throw missing;
            }
            throw e;
        }
    }

    private static MethodHandle bind(MethodHandle method, int position, List<@Nullable Object> values) {
        @Nullable Object[] converted = new Object[values.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = Arguments.convert(values.get(i), method.type().parameterType(position + i));
        }
        return MethodHandles.insertArguments(method, position, converted);
    }

    /** Initialized already: otherwise the JVM would write a class for the call that looks whether it is. */
    private Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, true, loader);
    }

    /** Into shipped classes and the kernel's we may look as into our own; of all others only what is public. */
    private static Lookup lookup(Class<?> owner) throws IllegalAccessException {
        if (owner.getClassLoader() instanceof TaskClassLoader) {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
        }
        return owner.getModule() == EntryPoint.class.getModule()
                ? MethodHandles.lookup()
                : MethodHandles.publicLookup();
    }

    private static Exception asException(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof Exception exception ? exception : new UndeclaredThrowableException(thrown);
    }
}
