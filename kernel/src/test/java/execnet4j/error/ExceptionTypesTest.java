package execnet4j.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExceptionTypesTest {
    @Test
    @DisplayName("B05 the exceptions a user can meet are public, unchecked and of one family")
    void arePublic() {
        for (Class<?> type : List.of(
                RemoteTaskException.class,
                ChannelTimeoutException.class,
                ChannelClosedException.class,
                ChannelInterruptedException.class,
                DataFormatException.class,
                DumpException.class,
                LoadException.class,
                GatewayLostException.class)) {
            assertThat(Modifier.isPublic(type.getModifiers()))
                    .as(type.getName())
                    .isTrue();
            assertThat(type).isAssignableTo(ExecnetException.class).isAssignableTo(RuntimeException.class);
        }
        assertThat(GatewayLostException.class).isAssignableTo(ChannelClosedException.class);
    }
}
