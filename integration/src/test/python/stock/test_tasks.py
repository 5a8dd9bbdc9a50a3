"""Java source as tasks, their errors, and what execnet asks of a worker by Python source of its own."""

import os
import time
import unittest

import execnet
from support import PATIENCE, WORKER, OneWorker


def function_of_python(channel):
    channel.send(1)


class Tasks(OneWorker):
    def test_statements_receive_and_send(self):
        channel = self.run_java("channel.send((int) channel.receive() + 1);")
        channel.send(1)
        self.assertEqual(channel.receive(PATIENCE), 2)
        channel.waitclose(PATIENCE)
        with self.assertRaises(EOFError):
            channel.receive(PATIENCE)
        with self.assertRaises(OSError):
            channel.send(1)

    def test_imports_and_several_lines(self):
        channel = self.run_java(
            """
            import java.math.BigInteger;
            BigInteger power = BigInteger.TWO.pow(100);
            for (int i = 0; i < 2; i++) {
                channel.send(power.add(BigInteger.valueOf(i)));
            }
            """
        )
        self.assertEqual(list(channel), [2**100, 2**100 + 1])

    def test_an_empty_task_ends(self):
        self.run_java("").waitclose(PATIENCE)
        self.run_java("class Unused { }").waitclose(PATIENCE)

    def test_two_tasks_run_at_once(self):
        first = self.run_java("channel.send(channel.receive());")
        second = self.run_java("channel.send(2);")
        self.assertEqual(second.receive(PATIENCE), 2)
        second.waitclose(PATIENCE)
        self.assertEqual(self.gateway.remote_status().numexecuting, 1)
        first.send(1)
        self.assertEqual(first.receive(PATIENCE), 1)
        first.waitclose(PATIENCE)

    def test_an_exception_comes_with_its_trace(self):
        error = self.error_of("int a = 1;\nthrow new IOException(\"boo\");")
        self.assertTrue(error.startswith("Traceback"), error)
        self.assertIn("java.io.IOException: boo", error)
        self.assertIn("(<remote exec>:2)", error)

    def test_an_error_comes_after_what_was_sent_before(self):
        channel = self.run_java("channel.send(1); throw new IllegalStateException();")
        self.assertEqual(channel.receive(PATIENCE), 1)
        with self.assertRaises(channel.RemoteError):
            channel.receive(PATIENCE)

    def test_a_compile_error_names_line_and_column(self):
        error = self.error_of("int a = 1;\nint b = c;")
        self.assertTrue(error.startswith("Traceback"), error)
        self.assertIn("<remote exec>:2:9: cannot find symbol", error)
        self.assertNotIn("Python", error)

    def test_exit_is_the_error_of_the_task(self):
        self.assertIn("System.exit(3)", self.error_of("System.exit(3);"))

    def test_what_cannot_be_sent_is_an_error(self):
        self.assertIn("java.lang.Object is no type that can be sent", self.error_of("channel.send(new Object());"))

    def test_the_explicit_close_of_a_task_is_refused(self):
        self.assertIn("explicit", self.error_of("channel.close();"))

    def test_python_source_is_named_as_such(self):
        for text in "channel.send(1)", "pass", "import os\nchannel.send(os.getpid())", "def f(x):\n    return {x}\n":
            error = self.error_of(text)
            self.assertIn("this worker runs Java source, and this looks like Python", error)
            self.assertIn("python=python3", error)
        for other in function_of_python, unittest:
            with self.assertRaisesRegex(execnet.RemoteError, "looks like Python"):
                self.gateway.remote_exec(other).waitclose(PATIENCE)

    def test_information_about_the_worker(self):
        info = self.gateway._rinfo()
        self.assertEqual(info.executable, WORKER)
        self.assertEqual(info.platform, "linux")
        self.assertEqual(info.cwd, os.getcwd())
        self.assertEqual(info.pid, self.gateway._io.popen.pid)
        self.assertEqual(len(info.version_info), 5)
        self.assertGreaterEqual(info.version_info[0], 17)
        self.assertIn("executable=", repr(info))

    def test_status_counts_tasks_and_channels(self):
        channel = self.run_java("channel.receive();")
        status = self.gateway.remote_status()
        self.assertEqual((status.numexecuting, status.numchannels, status.execmodel), (1, 1, "thread"))
        channel.send(1)
        channel.waitclose(PATIENCE)

    def test_what_is_printed_does_not_touch_the_protocol(self):
        channel = self.run_java(
            """
            System.out.println("printed by a task");
            new FileOutputStream(FileDescriptor.out).write("raw\\n".getBytes());
            new ProcessBuilder("echo", "by a child").inheritIO().start().waitFor();
            channel.send(System.in.read());
            """
        )
        self.assertEqual(channel.receive(PATIENCE), -1)
        channel.waitclose(PATIENCE)

    def test_the_same_text_is_compiled_once(self):
        text = "channel.send(%dL);" % time.time_ns()
        for _ in range(2):
            start = time.monotonic()
            channel = self.run_java(text)
            channel.receive(PATIENCE)
            channel.waitclose(PATIENCE)
            took = time.monotonic() - start
        self.assertLess(took, 1)


if __name__ == "__main__":
    unittest.main()
