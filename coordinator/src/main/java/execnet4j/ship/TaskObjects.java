package execnet4j.ship;

import execnet4j.protocol.TaskEntry;
import execnet4j.protocol.TaskEntry.MethodCall;
import execnet4j.protocol.TaskEntry.NewInstance;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns task objects into entries: lambdas into calls, all others into new instances that are equal to them. */
final class TaskObjects {
    private static final String ADVICE = "Copy what the task needs into local variables of such types before it";

    private TaskObjects() {}

    /** The call that a lambda stands for, what it captured checked. */
    static MethodCall call(LambdaParts lambda) {
        String what = "the task in " + lambda.place() + " captures" + (lambda.capturesThis() ? " this," : "");
        String advice = lambda.capturesThis() ? ADVICE + ", and call no method of this in it" : ADVICE;
        List<Class<?>> types = lambda.parameterTypes();
        List<@Nullable Object> values = new ArrayList<>();
        for (Object value : lambda.captured()) {
            values.add(PlainValues.sendable(what, value, types.get(values.size()), advice));
        }
        return new MethodCall(
                lambda.kind(), lambda.owner().getName(), lambda.name(), lambda.descriptor(), values, List.of());
    }

    /** An instance like this one: a record with its components, or an object without state. */
    static TaskEntry instance(Object task) {
        Class<?> type = task.getClass();
        if (type.isRecord()) {
            return new NewInstance(type.getName(), components(task));
        }
        List<String> fields = new ArrayList<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.add(field.getName());
                }
            }
        }
        if (!fields.isEmpty()) {
            throw new IllegalArgumentException(type.getTypeName() + " has fields (" + String.join(", ", fields)
                    + "), which are not sent: make it a record of plain values, or a lambda that captures them");
        }
        return instance(type);
    }

    /** An instance made without arguments. */
    static TaskEntry instance(Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            throw new IllegalArgumentException(
                    type.getTypeName() + " is abstract: a worker can make no instance of it");
        }
        if (type.isHidden()) {
            throw new IllegalArgumentException(type.getTypeName()
                    + " was generated while the program ran: there is no class file of it to send to a worker");
        }
        if (Arrays.stream(type.getDeclaredConstructors()).noneMatch(each -> each.getParameterCount() == 0)) {
            throw new IllegalArgumentException(
                    type.getTypeName() + " has no constructor without parameters that a worker could call: give it one,"
                            + " make it static if it is an inner class, or pass a record or a lambda");
        }
        return new NewInstance(type.getName(), List.of());
    }

    private static List<@Nullable Object> components(Object task) {
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordComponent component : task.getClass().getRecordComponents()) {
            String what = "the component " + component.getName() + " of "
                    + task.getClass().getTypeName() + " is";
            values.add(PlainValues.sendable(
                    what,
                    component(task, component.getAccessor()),
                    component.getType(),
                    "Give the record components of such types only"));
        }
        return values;
    }

    private static @Nullable Object component(Object task, Method accessor) {
        try {
            if (!accessor.trySetAccessible()) {
                throw new IllegalArgumentException(task.getClass().getTypeName()
                        + " cannot be read: add 'opens " + task.getClass().getPackageName() + " to "
                        + TaskObjects.class.getModule().getName() + "' to its module");
            }
            return accessor.invoke(task);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(accessor + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(accessor + " was made accessible and is not", e);
        }
    }
}
