package execnet4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.concurrent.VirtualThreads;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TaskThreadsTest {
    @Test
    @DisplayName("X03 execution models have their names")
    void names() {
        assertThat(TaskThreads.of("thread")).isEqualTo(TaskThreads.THREAD);
        assertThat(TaskThreads.of("main_thread_only")).isEqualTo(TaskThreads.MAIN_THREAD_ONLY);
        assertThat(TaskThreads.MAIN_THREAD_ONLY.label()).isEqualTo("main_thread_only");
        assertThatThrownBy(() -> TaskThreads.of("gevent"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("execmodel=gevent");
    }

    @Test
    void virtualNeedsARuntimeThatHasIt() {
        if (VirtualThreads.exist()) {
            assertThat(TaskThreads.of("virtual")).isEqualTo(TaskThreads.VIRTUAL);
        } else {
            assertThatThrownBy(() -> TaskThreads.of("virtual"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Java 21")
                    .hasMessageContaining("Java " + Runtime.version().feature());
        }
    }
}
