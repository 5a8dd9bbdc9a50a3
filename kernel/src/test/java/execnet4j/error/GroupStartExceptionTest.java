package execnet4j.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupStartExceptionTest {
    private final Map<String, RuntimeException> failures = new LinkedHashMap<>(Map.of("gw1", new SpecException("bad")));

    @Test
    void saysWhatBecameOfTheOthersWhereThereAreOthers() {
        assertThat(new GroupStartException(0, 0, failures)).hasMessage("the gateway did not start:\ngw1: bad");
        assertThat(new GroupStartException(1, 0, failures))
                .hasMessage("1 of 2 gateways did not start, so the 1 that did was ended again:\ngw1: bad");
        failures.put("gw3", new SpecException("worse"));
        assertThat(new GroupStartException(2, 0, failures))
                .hasMessage("2 of 4 gateways did not start, so the 2 that did were ended again:\ngw1: bad\ngw3: worse");
        assertThat(new GroupStartException(0, 0, failures))
                .hasMessage("none of the 2 gateways started:\ngw1: bad\ngw3: worse");
        assertThat(new GroupStartException(1, 3, failures))
                .hasMessage("2 of 6 gateways did not start, so the rest was ended or not started at all:\n"
                        + "gw1: bad\ngw3: worse");
    }
}
