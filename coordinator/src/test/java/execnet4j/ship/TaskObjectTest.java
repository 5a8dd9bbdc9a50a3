package execnet4j.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteFunction;
import execnet4j.channel.RemoteTask;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TaskObjectTest {
    private final FarSide worker = new FarSide();

    @Test
    void aRecordIsMadeAnewWithItsComponents() throws Exception {
        assertThat(worker.apply(new Scale(3, List.of("x")), 2)).isEqualTo("6 [x]");
    }

    @Test
    void anObjectWithoutStateIsMadeAnew() throws Exception {
        assertThat(worker.apply(new Where(), null)).isEqualTo("execnet4j-task");
    }

    @Test
    @DisplayName("B22 an object with state that is no record is refused, its fields named")
    void anObjectWithFieldsIsRefused() {
        assertThatThrownBy(() -> worker.run(new Stateful()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TaskObjectTest$Stateful has fields (count)")
                .hasMessageContaining("record");
    }

    @Test
    void aRecordOfOtherThingsIsRefused() {
        assertThatThrownBy(() -> worker.run(new Holder(new AtomicInteger())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the component number of execnet4j.ship.TaskObjectTest$Holder")
                .hasMessageContaining("a java.util.concurrent.atomic.AtomicInteger");
    }

    @Test
    void aClassIsATask() throws Exception {
        assertThatThrownBy(() -> worker.run(worker.shipper.task(Stateful.class, FarSide.RELEASE)))
                .hasMessage("count 7 in execnet4j-task");
    }

    @Test
    void aClassThatCannotBeMadeIsRefused() {
        assertThatThrownBy(() -> worker.shipper.task(Holder.class, FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no constructor without parameters");
        assertThatThrownBy(() -> worker.shipper.task(Inner.class, FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("make it static");
        assertThatThrownBy(() -> worker.shipper.task(RemoteTask.class, FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("abstract");
    }

    private record Scale(long factor, List<String> words) implements RemoteFunction<Long, String> {
        @Override
        public String apply(Long value) {
            return factor * value + " " + words;
        }
    }

    private record Holder(AtomicInteger number) implements RemoteTask {
        @Override
        public void run(Channel channel) {
            number.incrementAndGet();
        }
    }

    static final class Where implements RemoteFunction<Object, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String apply(Object value) {
            return getClass().getClassLoader().getName();
        }
    }

    static final class Stateful implements RemoteTask {
        private static final long serialVersionUID = 1L;

        private final int count = Integer.parseInt("7");

        @Override
        public void run(Channel channel) {
            throw new IllegalStateException(
                    "count " + count + " in " + getClass().getClassLoader().getName());
        }
    }

    final class Inner implements RemoteTask {
        private static final long serialVersionUID = 1L;

        @Override
        public void run(Channel channel) {
            throw new IllegalStateException("with " + (worker == null));
        }
    }
}
