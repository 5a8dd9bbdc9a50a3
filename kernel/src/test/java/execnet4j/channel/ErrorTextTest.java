package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
    @Test
    @DisplayName("B11 H10 a traceback has a header, the exception's type and message and the user's frames")
    void traceback() {
        IllegalStateException failure = new IllegalStateException("outer", new RuntimeException("inner"));
        assertThat(ErrorText.of(failure))
                .startsWith(ErrorText.HEADER)
                .contains("java.lang.IllegalStateException: outer", "Caused by: java.lang.RuntimeException: inner");
    }

    @Test
    void ourOwnFramesAtTheEndAreLeftOut() {
        Exception failure = new Exception("x");
        failure.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("com.acme.Task", "run", "Task.java", 3),
            new StackTraceElement("app", null, null, "execnet4j.worker.TaskRunner", "run", "TaskRunner.java", 1),
            new StackTraceElement(null, "java.base", null, "java.lang.Thread", "run", "Thread.java", 1)
        });
        assertThat(ErrorText.of(failure))
                .contains("at com.acme.Task.run(Task.java:3)")
                .doesNotContain("TaskRunner");
    }

    @Test
    void soAreThoseBeforeACause() {
        StackTraceElement user = new StackTraceElement("com.acme.Task", "run", "Task.java", 3);
        StackTraceElement ours =
                new StackTraceElement("app", null, null, "execnet4j.worker.TaskRunner", "run", "TaskRunner.java", 1);
        StackTraceElement within =
                new StackTraceElement(null, "java.base", null, "java.util.List", "of", "List.java", 7);
        Exception cause = new Exception("inner");
        cause.setStackTrace(new StackTraceElement[] {
            new StackTraceElement(null, "java.base", null, "java.util.Map", "of", "Map.java", 9), within, user, ours
        });
        Exception failure = new Exception("outer", cause);
        failure.setStackTrace(new StackTraceElement[] {user, within, user, ours});
        assertThat(ErrorText.of(failure)).isEqualTo(ErrorText.HEADER + """
                java.lang.Exception: outer
                \tat com.acme.Task.run(Task.java:3)
                \tat java.base/java.util.List.of(List.java:7)
                \tat com.acme.Task.run(Task.java:3)
                Caused by: java.lang.Exception: inner
                \tat java.base/java.util.Map.of(Map.java:9)""");
    }

    @Test
    void aTracebackCanBeSentWhateverTheMessageIs() {
        assertThat(ErrorText.of(new Exception("half \ud800"))).contains("half \\ud800");
        assertThat(ErrorText.of(new Exception("x".repeat(1 << 20)))).hasSizeLessThan(70_000);
    }

    @Test
    void ourFramesAreLeftOutUnderACauseToo() {
        Exception cause = new Exception("inner");
        cause.setStackTrace(stack(
                "com.acme.Deep", "com.acme.Task", "java.base/java.lang.reflect.Method", "execnet4j.worker.TaskRunner"));
        Exception failure = new Exception("outer", cause);
        failure.setStackTrace(
                stack("com.acme.Task", "java.base/java.lang.reflect.Method", "execnet4j.worker.TaskRunner"));
        Exception beside = new Exception("beside");
        beside.setStackTrace(stack("com.acme.Closing", "execnet4j.worker.TaskRunner"));
        failure.addSuppressed(beside);
        assertThat(ErrorText.of(failure))
                .contains(
                        "at com.acme.Task",
                        "Caused by: java.lang.Exception: inner",
                        "at com.acme.Deep",
                        "Suppressed: ",
                        "at com.acme.Closing")
                .doesNotContain("TaskRunner", "reflect", " more");
    }

    @Test
    void ofVeryManyFramesTheMiddleIsLeftOut() {
        StackOverflowError failure = new StackOverflowError();
        failure.setStackTrace(stack(
                IntStream.range(0, 1024).mapToObj(i -> "com.acme.Task" + i).toArray(String[]::new)));
        String text = ErrorText.of(failure);
        assertThat(text.lines()).hasSize(2 + ErrorText.MAX_FRAMES + 1);
        assertThat(text)
                .contains("Task0.run", "Task49.run", "\t... 924 more in between\n", "Task974.run", "Task1023.run")
                .doesNotContain("Task50.run", "Task973.run");
    }

    @Test
    void theHeadlineOfATraceback() {
        assertThat(ErrorText.headline(ErrorText.of(new IllegalStateException("on purpose\nwith details"))))
                .isEqualTo("java.lang.IllegalStateException: on purpose");
        assertThat(ErrorText.headline("Traceback (most recent call last):\n  File x\nValueError: no\n"))
                .isEqualTo("ValueError: no");
        assertThat(ErrorText.headline("enough\nis enough")).isEqualTo("enough");
        assertThat(ErrorText.headline("")).isEmpty();
    }

    private static StackTraceElement[] stack(String... classes) {
        return Arrays.stream(classes)
                .map(name -> name.startsWith("java.base/")
                        ? new StackTraceElement(null, "java.base", null, name.substring(10), "run", "X.java", 1)
                        : new StackTraceElement(name, "run", "X.java", 1))
                .toArray(StackTraceElement[]::new);
    }
}
