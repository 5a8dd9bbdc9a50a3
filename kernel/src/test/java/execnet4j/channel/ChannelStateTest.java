package execnet4j.channel;

import static execnet4j.channel.ChannelState.CLOSED;
import static execnet4j.channel.ChannelState.OPEN;
import static execnet4j.channel.ChannelState.SEND_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.channel.ChannelState.Event;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelStateTest {
    @ParameterizedTest
    @CsvSource({
        "OPEN,      PEER_LAST_MESSAGE, SEND_ONLY",
        "OPEN,      PEER_CLOSE,        CLOSED",
        "OPEN,      LOCAL_CLOSE,       CLOSED",
        "OPEN,      INPUT_END,         SEND_ONLY",
        "OPEN,      LOSS,              CLOSED",
        "SEND_ONLY, PEER_LAST_MESSAGE, SEND_ONLY",
        "SEND_ONLY, PEER_CLOSE,        CLOSED",
        "SEND_ONLY, LOCAL_CLOSE,       CLOSED",
        "SEND_ONLY, INPUT_END,         SEND_ONLY",
        "SEND_ONLY, LOSS,              CLOSED",
        "CLOSED,    PEER_LAST_MESSAGE, CLOSED",
        "CLOSED,    PEER_CLOSE,        CLOSED",
        "CLOSED,    LOCAL_CLOSE,       CLOSED",
        "CLOSED,    INPUT_END,         CLOSED",
        "CLOSED,    LOSS,              CLOSED",
    })
    void everyStateMovesOnAsItShall(ChannelState before, Event event, ChannelState after) {
        assertThat(before.next(event)).isEqualTo(after);
    }

    @Test
    void theTableAboveIsWhole() {
        assertThat(ChannelState.values()).containsExactly(OPEN, SEND_ONLY, CLOSED);
        assertThat(Event.values()).hasSize(5);
    }

    @Test
    void noEventLeadsBack() {
        Stream.of(ChannelState.values())
                .forEach(state -> Arrays.stream(Event.values())
                        .forEach(event -> assertThat(state.next(event)).isGreaterThanOrEqualTo(state)));
    }
}
