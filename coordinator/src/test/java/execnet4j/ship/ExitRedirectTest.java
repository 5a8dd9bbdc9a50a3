package execnet4j.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExitRedirectTest {
    private final FarSide worker = new FarSide();

    @Test
    @DisplayName("G26 System.exit in a task is that task's error")
    void aCallBecomesTheTasksError() {
        assertThatThrownBy(() -> worker.run(channel -> System.exit(3)))
                .isInstanceOf(Error.class)
                .hasMessage("System.exit(3) called in a task");
    }

    @Test
    @DisplayName("G26 so is a method reference to it")
    void aMethodReferenceToo() {
        assertThatThrownBy(() -> worker.run(channel -> {
                    IntConsumer exit = System::exit;
                    IntStream.of(4).forEach(exit);
                }))
                .hasMessage("System.exit(4) called in a task");
    }

    @Test
    void aCallInAHelperToo() {
        assertThatThrownBy(() -> worker.run(channel -> Leaves.now())).hasMessage("System.exit(5) called in a task");
    }

    @Test
    void aMethodReferenceAsTheTaskItselfToo() {
        execnet4j.channel.RemoteFunction<Integer, Object> task = status -> {
            Runnable leave = () -> System.exit(status);
            leave.run();
            return 0;
        };

        assertThatThrownBy(() -> worker.apply(task, 6)).hasMessage("System.exit(6) called in a task");
    }

    @Test
    void otherClassesStayAsTheyAre() {
        byte[] classFile = Objects.requireNonNull(
                new LoadedClassBytes(getClass().getClassLoader()).of(ExitRedirect.class.getName()));
        byte[] exits =
                Objects.requireNonNull(new LoadedClassBytes(getClass().getClassLoader()).of(Leaves.class.getName()));

        assertThat(ExitRedirect.apply(classFile)).isSameAs(classFile);
        assertThat(ExitRedirect.apply(exits)).isNotEqualTo(exits);
        assertThat(ExitRedirect.apply(ExitRedirect.apply(exits))).isEqualTo(ExitRedirect.apply(exits));
    }

    @Test
    @DisplayName("G26 class files newer than this library's reader are redirected too")
    void futureClassFilesToo() {
        byte[] exits =
                Objects.requireNonNull(new LoadedClassBytes(getClass().getClassLoader()).of(Leaves.class.getName()));

        byte[] redirected = ExitRedirect.apply(ClassVersion.patched(exits, 99));

        assertThat(ClassVersion.release(redirected)).isEqualTo(99);
        assertThat(ClassVersion.patched(redirected, ClassVersion.release(exits)))
                .isEqualTo(ExitRedirect.apply(exits));
    }

    @Test
    void classFilesNewerThanTheWorkerAreRefused() {
        ShippedCode code = new ShippedCode(Map.of(
                "com.acme.Old", ClassVersion.patched(classFile(), 17),
                "com.acme.New", ClassVersion.patched(classFile(), 25)));

        assertThat(code.requireRelease(25)).isSameAs(code);
        assertThatThrownBy(() -> code.requireRelease(21))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.acme.New is compiled for Java 25, the worker runs Java 21");
        assertThatThrownBy(() -> worker.shipper.task(channel -> {}, 11))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ExitRedirectTest is compiled for Java 17, the worker runs Java 11");
    }

    private static byte[] classFile() {
        return Objects.requireNonNull(
                new LoadedClassBytes(ExitRedirectTest.class.getClassLoader()).of(Leaves.class.getName()));
    }

    static final class Leaves {
        static void now() {
            System.exit(5);
        }
    }
}
