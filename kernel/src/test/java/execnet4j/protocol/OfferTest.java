package execnet4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.channel.ConnectionSettings;
import execnet4j.error.LoadException;
import execnet4j.serial.Dump;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfferTest {
    @Test
    void comesBackTheSame() {
        for (Offer offer : List.of(
                new Offer("gw0", "thread", null, null, null),
                new Offer("näme with ' \" \n and \u4f60", "main_thread_only", 0L, "/tmp/é/s", 120),
                new Offer("x".repeat(10_000), "virtual", ConnectionSettings.MAX_BUDGET, null, null))) {
            assertThat(offer.line()).matches("[ -~]+");
            assertThat(Offer.isOffer(offer.line())).isTrue();
            assertThat(Offer.of(offer.line())).isEqualTo(offer);
            assertThat(Offer.of(offer.line() + "\r")).isEqualTo(offer);
        }
    }

    @Test
    void aStockMastersLineIsNone() {
        for (String line : List.of("", "'import sys;exec(1)'", "execnet4j-2 abc", "\u0000")) {
            assertThat(Offer.isOffer(line)).isFalse();
            assertThat(Offer.of(line).id()).isEqualTo("worker");
            assertThat(Offer.of(line).execModel()).isEqualTo("thread");
        }
    }

    @Test
    void aStockMastersLineNamesTheGatewayAndTheModel() {
        String line = "'def get_execmodel(backend):\\n    ...\\nexecmodel = get_execmodel(\\'MODEL\\')\\n"
                + "io = init_popen_io(execmodel)\\nserve(io, id=\\'gw7-worker\\')'";
        assertThat(Offer.of(line.replace("MODEL", "main_thread_only")))
                .extracting(Offer::id, Offer::execModel)
                .containsExactly("gw7", "main_thread_only");
        for (String model : List.of("thread", "gevent", "eventlet")) {
            assertThat(Offer.of(line.replace("MODEL", model)).execModel()).isEqualTo("thread");
        }
        assertThat(Offer.of("\"execmodel = get_execmodel('main_thread_only')\\nserve(io, id='a-b-worker')\""))
                .extracting(Offer::id, Offer::execModel)
                .containsExactly("a-b", "main_thread_only");
    }

    @Test
    void whatIsNotWholeIsRefused() {
        for (String rest : List.of(
                "",
                "!",
                "====",
                "AAAA",
                base64(Dump.dumps(1)),
                base64(Dump.dumps(Map.of())),
                base64(Dump.dumps(Map.of("id", "gw0"))),
                base64(Dump.dumps(Map.of("id", 7, "execmodel", "thread"))),
                base64(Dump.dumps(Map.of("id", "gw0", "execmodel", 1))))) {
            assertThatThrownBy(() -> Offer.of("execnet4j-1 " + rest)).as(rest).isInstanceOf(LoadException.class);
        }
    }

    @Test
    void aBudgetThatIsNoneIsRefusedAsTheOfferIs() {
        for (Object budget : List.of(-1, ConnectionSettings.MAX_BUDGET + 1, "1", 1.5)) {
            String line = "execnet4j-1 "
                    + base64(Dump.dumps(Map.of("id", "gw0", "execmodel", "thread", "bytebudget", budget)));
            assertThatThrownBy(() -> Offer.of(line)).as(String.valueOf(budget)).isInstanceOf(LoadException.class);
        }
    }

    @Test
    void settings() {
        assertThat(new Offer("gw3", "thread", 5L, null, null).settings(true))
                .isEqualTo(new ConnectionSettings("gw3", false, true, false, 5));
        assertThat(new Offer("gw3", "thread", null, null, null).settings(false))
                .isEqualTo(new ConnectionSettings("gw3", false, false, true, ConnectionSettings.defaultByteBudget()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
