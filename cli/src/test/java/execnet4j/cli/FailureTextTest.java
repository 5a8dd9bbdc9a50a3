package execnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTextTest {
    @Test
    void whatWasThrownAndWhereInTheUsersFile() {
        assertThat(FailureText.inShort("""
                        Traceback of the remote code:
                        java.lang.NumberFormatException: For input string: "x"
                        \tat java.base/java.lang.Integer.parseInt(Integer.java:668)
                        \tat execnet4j-task//Odd.check(Odd.java:4)
                        \tat execnet4j-task//Odd.apply(Odd.java:2)
                        Caused by: java.lang.RuntimeException: deep
                        \tat execnet4j-task//Odd.check(Odd.java:9)"""))
                .isEqualTo("java.lang.NumberFormatException: For input string: \"x\" (Odd.java:4)");
        assertThat(FailureText.inShort("Traceback of the remote code:\njava.lang.StackOverflowError"))
                .isEqualTo("java.lang.StackOverflowError");
    }

    @Test
    void aPythonTracebackHasItAtItsEnd() {
        assertThat(FailureText.inShort("""
                        Traceback (most recent call last):
                          File "tasks/odd.py", line 7, in apply
                            check(item)
                          File "tasks/odd.py", line 2, in check
                          File "/usr/lib/python3/decimal.py", line 99, in parse
                        ValueError: 2 is even
                        """)).isEqualTo("ValueError: 2 is even (odd.py:2)");
        assertThat(FailureText.inShort("Traceback (most recent call last):\nMemoryError"))
                .isEqualTo("MemoryError");
    }

    @Test
    void whatIsNoTracebackIsItsFirstLine() {
        assertThat(FailureText.inShort("the worker was lost with this item: gone\n  status: exit 1"))
                .isEqualTo("the worker was lost with this item: gone");
        assertThat(FailureText.inShort("")).isEqualTo("without a reason");
    }
}
