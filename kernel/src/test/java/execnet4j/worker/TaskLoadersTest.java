package execnet4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.ExecnetException;
import execnet4j.error.LoadException;
import execnet4j.protocol.CodeHash;
import execnet4j.protocol.TaskEntry;
import execnet4j.protocol.TaskEntry.MethodCall;
import execnet4j.protocol.TaskOrder;
import execnet4j.protocol.TaskOrder.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskLoadersTest {
    private static final Map<String, byte[]> COUNTER =
            Compiled.from("class A { static int count; static Object apply(Object item) { return ++count; } }");
    private static final Map<String, byte[]> OTHER =
            Compiled.from("class A { static int count = 100; static Object apply(Object item) { return ++count; } }");

    private final Map<String, byte[]> onDemand = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final TaskLoaders loaders = new TaskLoaders(getClass().getClassLoader(), new Requests());

    private static TaskOrder order(Map<String, byte[]> classes, Map<String, byte[]> once) {
        Map<String, String> table = new HashMap<>();
        Map<String, byte[]> code = new HashMap<>();
        classes.forEach((name, bytes) -> {
            table.put(name, CodeHash.of(bytes));
            code.put(CodeHash.of(bytes), bytes);
        });
        TaskEntry entry =
                new MethodCall(6, "A", "apply", "(Ljava/lang/Object;)Ljava/lang/Object;", List.of(), List.of());
        return new TaskOrder(table, code, once, entry, Shape.FUNCTION);
    }

    private @Nullable Object apply(Map<String, byte[]> classes) throws Exception {
        return apply(order(classes, Map.of()));
    }

    private @Nullable Object apply(TaskOrder order) throws Exception {
        try (LoadedTask task = loaders.accept(order)) {
            return task.apply(null);
        }
    }

    @Test
    void staticsOutliveTheTask() throws Exception {
        assertThat(List.of(apply(COUNTER), apply(COUNTER))).isEqualTo(List.of(1, 2));
    }

    @Test
    void changedBytesGetALoaderOfTheirOwnAndLeaveTheOthers() throws Exception {
        assertThat(List.of(apply(COUNTER), apply(OTHER), apply(COUNTER), apply(OTHER)))
                .isEqualTo(List.of(1, 101, 2, 102));
        assertThat(loaders.size()).isEqualTo(2);
    }

    @Test
    void moreClassesExtendTheLoader() throws Exception {
        assertThat(apply(COUNTER)).isEqualTo(1);
        Map<String, byte[]> more = new HashMap<>(COUNTER);
        more.put("B", Compiled.from("class B {}").get("B"));

        assertThat(apply(more)).isEqualTo(2);
        assertThat(loaders.size()).isEqualTo(1);
    }

    @Test
    void codeNeedNotComeTwice() throws Exception {
        assertThat(apply(COUNTER)).isEqualTo(1);
        TaskOrder full = order(COUNTER, Map.of());

        assertThat(apply(new TaskOrder(full.classes(), Map.of(), Map.of(), full.entry(), full.shape())))
                .isEqualTo(2);
    }

    @Test
    void codeUsedOnceIsForgottenWithItsTask() throws Exception {
        TaskOrder once = order(Map.of(), COUNTER);

        assertThat(List.of(apply(once), apply(once))).isEqualTo(List.of(1, 1));
        assertThat(loaders.size()).isEqualTo(1);
    }

    @Test
    void fourIdleLoadersAreKept() throws Exception {
        List<Map<String, byte[]>> versions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            versions.add(Compiled.from(
                    "class A { static int count = " + i + "; static Object apply(Object item) { return ++count; } }"));
        }
        for (Map<String, byte[]> each : versions) {
            apply(each);
        }

        assertThat(loaders.size()).isEqualTo(4);
        assertThat(apply(versions.get(5))).as("kept").isEqualTo(7);
        assertThat(apply(versions.get(0))).as("forgotten").isEqualTo(1);
    }

    @Test
    void aLoaderThatRunsATaskIsNotForgotten() throws Exception {
        try (LoadedTask running = loaders.accept(order(COUNTER, Map.of()))) {
            assertThat(running.apply(null)).isEqualTo(1);
            for (int i = 0; i < 6; i++) {
                apply(Compiled.from("class A { static Object apply(Object item) { return " + i + "; } }"));
            }
            assertThat(loaders.size()).isEqualTo(5);
            assertThat(apply(COUNTER)).isEqualTo(2);
        }
        assertThat(loaders.size()).isEqualTo(4);
    }

    @Test
    void codeThatWasNeverSentIsRefused() {
        TaskOrder honest = order(COUNTER, Map.of());

        assertThatThrownBy(() -> loaders.accept(
                        new TaskOrder(honest.classes(), Map.of(), Map.of(), honest.entry(), honest.shape())))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("was never sent");
    }

    @Test
    void aClassFoundByItsNameIsAskedForOnce() throws Exception {
        onDemand.putAll(
                Compiled.from("class B { static int count; public String toString() { return \"B\" + ++count; } }"));
        Map<String, byte[]> classes = Compiled.from("""
                class A { static Object apply(Object item) throws Exception {
                    return Class.forName("B").getDeclaredConstructor().newInstance().toString();
                } }
                """);

        assertThat(List.of(apply(classes), apply(classes))).isEqualTo(List.of("B1", "B2"));
        assertThat(asked).containsExactly("B");
    }

    @Test
    void aClassThatIsNowhereIsNotFound() {
        Map<String, byte[]> classes = Compiled.from(
                "class A { static Object apply(Object item) throws Exception { return Class.forName(\"x.Gone\"); } }");
        Map<String, byte[]> refused = Compiled.from(
                "class A { static Object apply(Object item) throws Exception { return Class.forName(\"x.Refused\"); } }");

        assertThatThrownBy(() -> apply(classes)).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> apply(refused))
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessageContaining("not for you");
    }

    @Test
    void resourcesAreAskedForByName() throws Exception {
        onDemand.put("x/words.txt", "words".getBytes(StandardCharsets.UTF_8));
        Map<String, byte[]> classes = Compiled.from("""
                class A { static Object apply(Object item) throws Exception {
                    java.net.URL url = A.class.getResource("/x/words.txt");
                    return new String(A.class.getResourceAsStream("/x/words.txt").readAllBytes())
                        + new String(url.openStream().readAllBytes())
                        + A.class.getResource("/x/gone.txt")
                        + A.class.getClassLoader().getResource("../x/words.txt")
                        + (A.class.getResource("A.class") != null);
                } }
                """);

        assertThat(apply(classes)).isEqualTo("wordswordsnullnulltrue");
        assertThat(asked).containsExactly("x/words.txt", "x/words.txt", "x/gone.txt");
    }

    @Test
    void theContextClassLoaderIsTheTasks() throws Exception {
        Map<String, byte[]> classes = Compiled.from("""
                class A { static Object apply(Object item) throws Exception {
                    return Thread.currentThread().getContextClassLoader() == A.class.getClassLoader();
                } }
                """);
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        assertThat(apply(classes)).isEqualTo(true);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    private final class Requests implements CodeRequests {
        @Override
        public byte @Nullable [] classBytes(String binaryName) {
            asked.add(binaryName);
            if (binaryName.equals("x.Refused")) {
                throw new ExecnetException("not for you");
            }
            return onDemand.get(binaryName);
        }

        @Override
        public byte @Nullable [] resource(String name) {
            asked.add(name);
            return onDemand.get(name);
        }
    }
}
