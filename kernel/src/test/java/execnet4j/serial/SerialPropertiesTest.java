package execnet4j.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.LoadException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SerialPropertiesTest {
    @Property(tries = 5_000)
    void anyValueComesBackTheSame(@ForAll long seed) {
        Object value = new AnyValues(new Random(seed)).value(5);
        assertThat(Same.same(Values.roundTrip(value), value)).isTrue();
    }

    @Property(tries = 5_000)
    void whatIsReadIsWrittenAsItWas(@ForAll long seed) {
        byte[] payload = Values.write(new AnyValues(new Random(seed)).value(5));
        assertThat(Values.write(Values.read(payload))).isEqualTo(payload);
    }

    @Property(tries = 500)
    void noPrefixOfAValueIsOne(@ForAll long seed) {
        byte[] payload = Values.write(new AnyValues(new Random(seed)).value(4));
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> Values.read(cut)).isInstanceOf(LoadException.class);
        }
    }

    @Property(tries = 5_000)
    void anyBytesAreAValueOrRefused(@ForAll byte[] bytes) throws IOException {
        LoadFuzz.check(bytes);
    }

    @Property(tries = 20_000)
    void mutatedValuesAreAValueOrRefused(@ForAll long seed) throws IOException {
        LoadFuzz.check(new Mutations(new Random(seed)).next());
    }
}
