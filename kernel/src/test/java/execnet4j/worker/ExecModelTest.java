package execnet4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.concurrent.VirtualThreads;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExecModelTest {
    @Test
    @DisplayName("X03 execution models have their names")
    void names() {
        assertThat(ExecModel.of("thread")).isEqualTo(ExecModel.THREAD);
        assertThat(ExecModel.of("main_thread_only")).isEqualTo(ExecModel.MAIN_THREAD_ONLY);
        assertThat(ExecModel.MAIN_THREAD_ONLY.label()).isEqualTo("main_thread_only");
        assertThatThrownBy(() -> ExecModel.of("gevent"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("execmodel=gevent");
    }

    @Test
    void virtualNeedsARuntimeThatHasIt() {
        if (VirtualThreads.exist()) {
            assertThat(ExecModel.of("virtual")).isEqualTo(ExecModel.VIRTUAL);
        } else {
            assertThatThrownBy(() -> ExecModel.of("virtual"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Java 21")
                    .hasMessageContaining("Java " + Runtime.version().feature());
        }
    }
}
