package execnet4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.LoadException;
import execnet4j.protocol.TaskEntry.MethodCall;
import execnet4j.protocol.TaskEntry.NewInstance;
import execnet4j.protocol.TaskOrder.Shape;
import execnet4j.serial.ChannelResolver;
import execnet4j.serial.Tuple;
import execnet4j.serial.ValueWriter;
import execnet4j.serial.WriteOptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskOrderTest {
    private static final String HASH = "00ff";

    private static TaskOrder reread(TaskOrder order) {
        return TaskOrder.fromPayload(order.toPayload(ChannelResolver.NONE), ChannelResolver.NONE);
    }

    @Test
    void aMethodCallSurvivesTheWire() {
        TaskEntry entry =
                new MethodCall(6, "com.acme.Main$1", "lambda$0", "(ILX;)V", Arrays.asList(1, null), List.of("a"));
        byte[] code = {1, 2};

        TaskOrder order = reread(new TaskOrder(
                Map.of("com.acme.Main$1", HASH), Map.of(HASH, code), Map.of("Text", code), entry, Shape.FUNCTION));

        assertThat(order.classes()).containsOnly(Map.entry("com.acme.Main$1", HASH));
        assertThat(order.code().get(HASH)).isEqualTo(code);
        assertThat(order.once().get("Text")).isEqualTo(code);
        assertThat(order.entry()).isEqualTo(entry);
        assertThat(order.shape()).isEqualTo(Shape.FUNCTION);
    }

    @Test
    void aNewInstanceSurvivesTheWire() {
        TaskEntry entry = new NewInstance("com.acme.Task", Arrays.asList(null, List.of(1)));

        TaskOrder order = reread(new TaskOrder(Map.of(), Map.of(), Map.of(), entry, Shape.TASK));

        assertThat(order.entry()).isEqualTo(entry);
        assertThat(order.shape()).isEqualTo(Shape.TASK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shape", "classes", "code", "once", "entry", "more"})
    void whatIsNoOrderIsRefused(String part) {
        for (Object wrong : Arrays.asList(
                null,
                1,
                "x",
                List.of(),
                Map.of(1, "x"),
                Map.of("a/b", "x"),
                Map.of("a", 1),
                Tuple.of(),
                Tuple.of("new"),
                Tuple.of("new", "a.B", 1),
                Tuple.of("new", "../B", Tuple.of()),
                Tuple.of("call", "a.B", 4, "m", "()V", Tuple.of(), Tuple.of()),
                Tuple.of("call", "a.B", 6, "m", null, Tuple.of(), Tuple.of()),
                Tuple.of("jump", "a.B", 6, "m", "()V", Tuple.of(), Tuple.of()))) {
            assertRefused(part, wrong);
        }
    }

    private static void assertRefused(String part, @Nullable Object wrong) {
        Map<String, @Nullable Object> order = new LinkedHashMap<>();
        order.put("shape", "TASK");
        order.put("classes", Map.of());
        order.put("code", Map.of());
        order.put("once", Map.of());
        order.put("entry", Tuple.of("new", "a.B", Tuple.of()));
        order.put(part, wrong);
        byte[] payload = ValueWriter.write(order, ChannelResolver.NONE, WriteOptions.DEFAULT);

        assertThatThrownBy(() -> TaskOrder.fromPayload(payload, ChannelResolver.NONE))
                .as("%s = %s", part, wrong)
                .isInstanceOf(LoadException.class);
    }
}
