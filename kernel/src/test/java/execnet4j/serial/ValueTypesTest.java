package execnet4j.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueTypesTest {
    @Test
    void tuplesAreEqualByContent() {
        Tuple tuple = Tuple.of(1, "a", null, Tuple.of(2));
        assertThat(tuple)
                .isEqualTo(Tuple.copyOf(Arrays.asList(1, "a", null, Tuple.of(2))))
                .hasSameHashCodeAs(Tuple.of(1, "a", null, Tuple.of(2)))
                .isNotEqualTo(Tuple.of(1, "a", null))
                .isNotEqualTo(tuple.asList());
        assertThat(tuple).containsExactly(1, "a", null, Tuple.of(2));
        assertThat(tuple.size()).isEqualTo(4);
        assertThat(tuple.get(1)).isEqualTo("a");
        assertThatThrownBy(() -> tuple.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tuple.asList().set(0, 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void tuplesPrintAsInPython() {
        assertThat(List.of(Tuple.of(), Tuple.of(1), Tuple.of(1, "a", null))).hasToString("[(), (1,), (1, a, null)]");
    }

    @Test
    void aTupleKeepsNoHashCodeThatMayChange() {
        List<Integer> list = new ArrayList<>(List.of(1));
        Tuple tuple = Tuple.of(Tuple.of(list));
        assertThat(tuple).hasSameHashCodeAs(Tuple.of(Tuple.of(List.of(1))));
        list.add(2);
        assertThat(tuple).hasSameHashCodeAs(Tuple.of(Tuple.of(List.of(1, 2))));
    }

    @Test
    void pairsOfSmallIntegersHashApart() {
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 100; j++) {
                hashes.add(Tuple.of(i, j).hashCode());
            }
        }
        assertThat(hashes).hasSizeGreaterThan(9_990);
    }

    @Test
    void anArrayGivenAwayOrTakenIsNotTheContent() {
        byte[] array = {1, 2};
        Bytes bytes = Bytes.of(array);
        array[0] = 9;
        bytes.toByteArray()[1] = 9;
        assertThat(bytes.toByteArray()).containsExactly(1, 2);
        Object[] items = {1};
        Tuple tuple = Tuple.of(items);
        items[0] = 2;
        assertThat(tuple.get(0)).isEqualTo(1);
    }

    @Test
    void bytesAreEqualByContent() {
        assertThat(Bytes.ofUtf8("a'\\\u0001"))
                .isEqualTo(Bytes.of((byte) 'a', (byte) '\'', (byte) '\\', (byte) 1))
                .hasSameHashCodeAs(Bytes.ofUtf8("a'\\\u0001"))
                .isNotEqualTo(Bytes.of())
                .hasToString("b'a\\'\\\\\\x01'");
        assertThat(Bytes.ofUtf8("ab").size()).isEqualTo(2);
        assertThat(Bytes.ofUtf8("ab").get(1)).isEqualTo((byte) 'b');
    }

    @Test
    void frozenSetsAreSetsThatCannotChange() {
        FrozenSet set = FrozenSet.of("b", "a", "b", null);
        assertThat(set).containsExactly("b", "a", null).isEqualTo(FrozenSet.of(null, "a", "b"));
        assertThat(FrozenSet.of(1, 2)).isEqualTo(Set.of(2, 1)).hasSameHashCodeAs(Set.of(2, 1));
        assertThat(Set.of(2, 1)).isEqualTo(FrozenSet.of(1, 2));
        assertThatThrownBy(() -> set.add("c")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> set.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(set::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void limitsMustBeInRange() {
        assertThatThrownBy(() -> new Limits(0, 1, 2, 20)).hasMessageContaining("maxDepth");
        assertThatThrownBy(() -> new Limits(1_001, 1, 2, 20)).hasMessageContaining("1001");
        assertThatThrownBy(() -> new Limits(1, -1, 2, 20)).hasMessageContaining("maxCount");
        assertThatThrownBy(() -> new Limits(1, 1, 1, 20)).hasMessageContaining("maxBytes");
        assertThatThrownBy(() -> new Limits(1, 1, 2, 19)).hasMessageContaining("maxDigits");
    }
}
