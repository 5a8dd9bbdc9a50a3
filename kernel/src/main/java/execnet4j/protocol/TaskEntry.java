package execnet4j.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a shipped task begins. Argument values are such as a channel carries, and converted to the parameters' types. */
public sealed interface TaskEntry {
    /**
     * The class that is looked into.
     *
     * @return its binary name
     */
    String owner();

    /**
     * A new instance of a class that implements {@link execnet4j.channel.RemoteTask} or
     * {@link execnet4j.channel.RemoteFunction}.
     *
     * @param owner the class
     * @param arguments a record's components; none for a class with a constructor without parameters
     */
    record NewInstance(String owner, List<@Nullable Object> arguments) implements TaskEntry {
        /**
         * Keeps its own copy of the list.
         *
         * @param owner the class
         * @param arguments a record's components; none for a class with a constructor without parameters
         */
        public NewInstance {
            arguments = copy(arguments);
        }
    }

    /**
     * A method called with the leading arguments, then the channel or the item, then the trailing arguments.
     *
     * @param kind the reference kind of the Java virtual machine specification, table 5.4.3.5-A: 5 to 9
     * @param owner the class that is looked into
     * @param name the method, {@code <init>} for a constructor
     * @param descriptor the method's descriptor as in class files
     * @param leading what a lambda captured; the receiver first, if the method has one
     * @param trailing further arguments
     */
    record MethodCall(
            int kind,
            String owner,
            String name,
            String descriptor,
            List<@Nullable Object> leading,
            List<@Nullable Object> trailing)
            implements TaskEntry {
        /**
         * Keeps its own copies of the lists.
         *
         * @param kind the reference kind of the Java virtual machine specification, table 5.4.3.5-A: 5 to 9
         * @param owner the class that is looked into
         * @param name the method, {@code <init>} for a constructor
         * @param descriptor the method's descriptor as in class files
         * @param leading what a lambda captured; the receiver first, if the method has one
         * @param trailing further arguments
         */
        public MethodCall {
            leading = copy(leading);
            trailing = copy(trailing);
        }
    }

    private static List<@Nullable Object> copy(List<@Nullable Object> values) {
        return Collections.unmodifiableList(new ArrayList<>(values));
    }
}
