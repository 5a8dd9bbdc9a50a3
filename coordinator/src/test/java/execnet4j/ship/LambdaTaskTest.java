package execnet4j.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.channel.RemoteFunction;
import execnet4j.channel.RemoteTask;
import execnet4j.serial.Bytes;
import execnet4j.serial.Complex;
import execnet4j.serial.FrozenSet;
import execnet4j.serial.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LambdaTaskTest {
    private final FarSide worker = new FarSide();
    private final String field = "of the test";

    private static Object echo(Object item) {
        return item;
    }

    @Test
    void aLambdaRunsInClassesOfItsOwn() throws Exception {
        Object loader =
                worker.apply(item -> LambdaTaskTest.class.getClassLoader().getName(), null);

        assertThat(loader).isEqualTo("execnet4j-task");
    }

    @Test
    void capturesOfEveryKindArriveAsTheyWere() throws Exception {
        boolean flag = true;
        byte small = -3;
        short medium = -300;
        char letter = 'ß';
        int number = 7;
        long wide = 5;
        float fraction = 0.1f;
        double precise = 0.1;
        String text = "text";
        BigInteger huge = BigInteger.TEN.pow(40);
        BigInteger little = BigInteger.ONE;
        Long boxed = 6L;
        byte[] bytes = {1, 2};
        Bytes constant = Bytes.of((byte) 3);
        Complex complex = new Complex(1, 2);
        Tuple tuple = Tuple.of(1, "a");
        List<String> list = List.of("x", "y");
        Map<String, Integer> map = Map.of("k", 1);
        Set<Integer> set = Set.of(4);
        FrozenSet frozen = FrozenSet.of(1);
        String nothing = null;

        Object result = worker.apply(
                item -> List.of(
                                flag,
                                small,
                                medium,
                                letter,
                                number,
                                wide,
                                fraction,
                                precise,
                                text,
                                huge,
                                little,
                                boxed,
                                bytes.length,
                                constant,
                                complex,
                                tuple,
                                list,
                                map,
                                set,
                                frozen,
                                nothing == null)
                        .toString(),
                null);

        assertThat(result)
                .isEqualTo(List.of(
                                flag,
                                small,
                                medium,
                                letter,
                                number,
                                wide,
                                fraction,
                                precise,
                                text,
                                huge,
                                little,
                                boxed,
                                bytes.length,
                                constant,
                                complex,
                                tuple,
                                list,
                                map,
                                set,
                                frozen,
                                true)
                        .toString());
    }

    @Test
    void aCapturedThisIsRefusedByName() {
        RemoteTask task = channel -> System.out.println(field);

        assertThatThrownBy(() -> worker.run(task))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("captures this, a execnet4j.ship.LambdaTaskTest")
                .hasMessageContaining("local variables");
    }

    @Test
    @DisplayName("B19 B22 a lambda may capture plain values only; anything else is refused by type")
    void otherCapturesAreRefusedByType() {
        Object lock = new AtomicInteger();
        RemoteTask direct = channel -> System.out.println(lock);
        List<Object> list = List.of(1, List.of(new AtomicInteger()));
        RemoteTask nested = channel -> System.out.println(list);
        Supplier<String> supplier = () -> "x";
        RemoteTask other = channel -> System.out.println(supplier);

        assertThatThrownBy(() -> worker.run(direct))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a java.util.concurrent.atomic.AtomicInteger");
        assertThatThrownBy(() -> worker.run(nested))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AtomicInteger");
        assertThatThrownBy(() -> worker.run(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCollectionThatArrivesAsAnotherClassIsRefusedWhereThatDoesNotFit() throws Exception {
        TreeMap<String, Integer> sorted = new TreeMap<>(Map.of("k", 1));
        Map<String, Integer> plain = sorted;

        assertThat(worker.apply(item -> plain.size(), null)).isEqualTo(1);
        assertThatThrownBy(() -> worker.apply(item -> sorted.firstKey(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.util.TreeMap");
    }

    @Test
    void methodReferencesOfEveryKindRun() throws Exception {
        assertThat(worker.apply(LambdaTaskTest::echo, "static")).isEqualTo("static");
        assertThat(worker.apply((RemoteFunction<Integer, Integer>) Math::abs, -4))
                .isEqualTo(4);
        assertThat(worker.apply("bound "::concat, "text")).isEqualTo("bound text");
        assertThat(worker.apply(String::length, "unbound")).isEqualTo(7);
        assertThat(worker.apply((RemoteFunction<String, BigInteger>) BigInteger::new, "12"))
                .isEqualTo(BigInteger.valueOf(12));
        assertThat(worker.apply(Helper::new, "made")).hasToString("helper made");
        assertThat(worker.apply(List.of("a", "b")::indexOf, "b")).isEqualTo(1);
    }

    @Test
    void aBoundReceiverThatDoesNotTravelIsRefused() {
        assertThatThrownBy(() -> worker.apply(new Helper("x")::join, "y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Helper");
    }

    @Test
    void anItemIsConvertedToWhatTheFunctionTakes() throws Exception {
        RemoteFunction<Long, Long> next = item -> item + 1;

        assertThat(worker.apply(next, 1)).isEqualTo(2L);
        assertThat(worker.apply(new NextLong(), 1)).isEqualTo(2L);
    }

    @Test
    void nestedLambdasAndGenericsRun() throws Exception {
        Object result = worker.apply(
                item -> {
                    List<Supplier<String>> suppliers = new ArrayList<>();
                    for (String word : List.of("a", "b")) {
                        suppliers.add(() -> new Helper(word).join("!"));
                    }
                    return suppliers.stream().map(Supplier::get).toList().toString();
                },
                null);

        assertThat(result).isEqualTo("[a!, b!]");
    }

    @Test
    void capturesMayBeManyAndInAnyOrder() throws Exception {
        Map<String, Object> seen = new LinkedHashMap<>(Map.of("n", 1));
        int count = 3;

        assertThat(worker.apply(item -> "x".repeat(count) + seen + item, "!")).isEqualTo("xxx{n=1}!");
    }

    @Test
    void theUsersExceptionComesOutItself() {
        assertThatThrownBy(() -> worker.run(channel -> {
                    throw new java.io.IOException("mine");
                }))
                .isExactlyInstanceOf(java.io.IOException.class)
                .hasMessage("mine");
    }

    static final class Helper {
        private final String word;

        Helper(String word) {
            this.word = word;
        }

        String join(String other) {
            return word + other;
        }

        @Override
        public String toString() {
            return "helper " + word;
        }
    }

    static final class NextLong implements RemoteFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long apply(Long value) {
            return value + 1;
        }
    }
}
