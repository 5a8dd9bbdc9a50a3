package execnet4j.ship;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteFunction;
import execnet4j.channel.RemoteTask;
import execnet4j.protocol.TaskEntry;
import execnet4j.protocol.TaskEntry.MethodCall;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds where the task in a compiled source file begins. Looks at its class only; nothing of it runs here. */
final class JavaFile {
    private final Path file;
    private final Class<?> type;

    /**
     * Takes the class named like the file.
     *
     * @param loaded gives classes without initializing them
     * @throws IllegalArgumentException if there is no such class
     */
    JavaFile(Path file, Set<String> classNames, ClassLoader loaded) {
        this.file = file;
        String simpleName = simpleName(file);
        String name = classNames.stream()
                .filter(each -> each.equals(simpleName) || each.endsWith("." + simpleName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        file + " has no class named " + simpleName + ", as the file is: it has " + classNames));
        try {
            this.type = Class.forName(name, false, loaded);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(file + " needs a class that is not in the task class path: " + e, e);
        }
    }

    static String simpleName(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".java")) {
            throw new IllegalArgumentException(file + " is no .java file");
        }
        return name.substring(0, name.length() - ".java".length());
    }

    /** The entry of the file as a task. */
    TaskEntry task() {
        if (RemoteTask.class.isAssignableFrom(type)) {
            return TaskObjects.instance(type);
        }
        return statics("run")
                .filter(each -> Arrays.equals(each.getParameterTypes(), new Class<?>[] {Channel.class}))
                .findFirst()
                .map(each -> call(each, List.of()))
                .orElseThrow(() -> new IllegalArgumentException(file + ": class " + type.getName()
                        + " neither implements RemoteTask nor has a method static void run(Channel channel)"));
    }

    /** The entry of the file as a function of one item. */
    TaskEntry function() {
        if (RemoteFunction.class.isAssignableFrom(type)) {
            return TaskObjects.instance(type);
        }
        List<Method> found =
                statics("apply").filter(each -> each.getParameterCount() == 1).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(file + ": class " + type.getName() + " must have one method"
                    + " 'public static Object apply(Object item)' (or implement RemoteFunction); its methods are: "
                    + methods());
        }
        return call(found.get(0), List.of());
    }

    /** The call of a static function with arguments by name. */
    TaskEntry call(String function, Map<String, ?> arguments) {
        List<Method> named = statics(function).toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException(file + " has no static method " + function + "; it has " + functions());
        }
        List<Method> withChannel = named.stream()
                .filter(each -> each.getParameterCount() > 0 && each.getParameterTypes()[0] == Channel.class)
                .toList();
        if (withChannel.isEmpty()) {
            throw new IllegalArgumentException("the first parameter of " + function + " in " + file
                    + " must be a Channel: it is " + signature(named.get(0)));
        }
        Method method = withChannel.stream()
                .filter(each -> parameterNames(each).equals(arguments.keySet()))
                .findFirst()
                .orElseThrow(() -> mismatch(withChannel.get(0), arguments.keySet()));
        List<@Nullable Object> values = new ArrayList<>();
        for (Parameter each : parameters(method)) {
            values.add(PlainValues.sendable(
                    "the argument " + each.getName() + " of " + function + " is",
                    arguments.get(each.getName()),
                    each.getType(),
                    "The parameters are " + signature(method)));
        }
        return call(method, values);
    }

    private IllegalArgumentException mismatch(Method method, Set<String> given) {
        Set<String> missing = new LinkedHashSet<>(parameterNames(method));
        missing.removeAll(given);
        Set<String> unknown = new LinkedHashSet<>(given);
        unknown.removeAll(parameterNames(method));
        return new IllegalArgumentException(file + ": arguments of " + signature(method)
                + (missing.isEmpty() ? "" : ", missing " + missing)
                + (unknown.isEmpty() ? "" : ", unknown " + unknown));
    }

    private MethodCall call(Method method, List<@Nullable Object> values) {
        String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
        return new MethodCall(
                MethodHandleInfo.REF_invokeStatic, type.getName(), method.getName(), descriptor, List.of(), values);
    }

    private Stream<Method> statics(String name) {
        return statics().filter(each -> each.getName().equals(name));
    }

    private Stream<Method> statics() {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(each -> Modifier.isStatic(each.getModifiers()) && !each.isSynthetic());
    }

    private String functions() {
        String found = statics().map(JavaFile::signature).sorted().collect(Collectors.joining(", "));
        return found.isEmpty() ? "none" : found;
    }

    private String methods() {
        String found = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> !each.isSynthetic())
                .map(each -> (Modifier.isStatic(each.getModifiers()) ? "static " : "") + signature(each))
                .sorted()
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? "none" : found;
    }

    private static List<Parameter> parameters(Method method) {
        return Arrays.asList(method.getParameters()).subList(1, method.getParameterCount());
    }

    private static Set<String> parameterNames(Method method) {
        return parameters(method).stream().map(Parameter::getName).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String signature(Method method) {
        return Arrays.stream(method.getParameters())
                .map(each -> each.getType().getSimpleName() + " " + each.getName())
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }
}
