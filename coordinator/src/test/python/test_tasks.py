"""How a worker runs tasks: source text, files, functions, errors, threads and status, its standard streams."""

import os
import signal
import tempfile
import time
import unittest

from support import NotStarted, WorkerTestCase
from execnet4j_worker import frames, runner


class SourceTest(WorkerTestCase):
    def setUp(self):
        self.w = self.worker()

    def tearDown(self):
        self.assertEqual(0, self.w.end())

    def test_g03_name_and_namespace(self):
        self.assertEqual(
            ["__channelexec__", "gw0", "<Worker 'gw0'>"],
            self.w.run("for x in (__name__, channel.gateway.id, repr(channel.gateway)): channel.send(x)"),
        )
        self.assertEqual([False], self.w.run("x = 1\nimport sys\nchannel.send('Task' in globals())"))

    def test_a_file_is_left_as_it_came(self):
        source = "  \nchannel.send('''a\n  \n b''')"
        self.assertEqual(["a\n  \n b"], self.w.run(source, file="/nowhere/tool.py"))

    def test_g12_g13_tasks_that_send_nothing(self):
        self.assertEqual([], self.w.run(""))
        self.assertEqual([], self.w.run("def f(): pass"))

    def test_a_function_of_a_file(self):
        source = "def multiplier(channel, factor):\n    channel.send(channel.receive() * factor)\n"
        number = self.w.exec(source, "/nowhere/tool.py", "multiplier", factor=10)
        self.w.send(number, 4)
        self.assertEqual(40, self.w.item(number))
        self.assertIsNone(self.w.closed(number))

    def test_a_function_that_is_not_there(self):
        error = self.w.closed(self.w.exec("x = 1", "/nowhere/tool.py", "run"))
        self.assertTrue(error.startswith("Traceback"), error)
        self.assertIn("/nowhere/tool.py defines no 'run'", error)

    def test_b20_a_function_whose_first_parameter_is_not_the_channel(self):
        for function in "def run(factor): pass", "def run(): pass", "run = lambda *, channel: 0":
            error = self.w.closed(self.w.exec(function, "/nowhere/tool.py", "run"))
            self.assertIn("TypeError: /nowhere/tool.py: the first parameter of 'run' has to be 'channel'", error)
        error = self.w.closed(self.w.exec("run = 1", "/nowhere/tool.py", "run"))
        self.assertIn("not callable", error)

    def test_functions_that_are_made(self):
        for source in (
            "def made(function):\n    return lambda *all: function(*all)\n@made\ndef run(given): given.send(1)",
            "import functools\ndef two(n, channel): channel.send(n)\nrun = functools.partial(two, 1)",
            "class Run:\n    def __call__(self, channel): channel.send(1)\nrun = Run()",
        ):
            number = self.w.exec(source, "/nowhere/tool.py", "run")
            self.assertEqual(1, self.w.item(number))
            self.assertIsNone(self.w.closed(number))

    def test_g10_tracebacks_name_file_line_and_text(self):
        source = "def run(channel):\n    value = None\n    value.spam  # here\n"
        error = self.w.closed(self.w.exec(source, "/nowhere/tool.py", "run"))
        self.assertTrue(error.startswith("Traceback (most recent call last):\n"), error)
        self.assertIn('File "/nowhere/tool.py", line 3, in run\n    value.spam  # here', error)
        self.assertIn("AttributeError", error)
        self.assertNotIn("execnet4j worker", error)

    def test_g22_tracebacks_of_texts_that_run_at_once(self):
        tasks = {
            self.w.exec(f"channel.receive()\nraise ValueError('{letter}')  # line of {letter}"): letter
            for letter in "abc"
        }
        for number in tasks:
            self.w.send(number, None)
        for number, letter in tasks.items():
            error = self.w.closed(number)
            self.assertIn('File "<remote exec>", line 2', error)
            self.assertIn(f"# line of {letter}", error)

    def test_h11_syntax_errors(self):
        error = self.w.closed(self.w.exec("x = 1\nif x\n", "/nowhere/tool.py"))
        self.assertTrue(error.startswith("Traceback"), error)
        self.assertIn('File "/nowhere/tool.py", line 2', error)
        self.assertIn("SyntaxError", error)

    def test_causes_are_told(self):
        error = self.w.closed(self.w.exec("try:\n    {}['k']\nexcept KeyError as e:\n    raise OSError('no k') from e"))
        self.assertLess(error.index("KeyError"), error.index("OSError: no k"))

    def test_error_text_is_harmless(self):
        error = self.w.closed(self.w.exec("raise ValueError('\\x1b[31m \\ud800 ' + 'x' * 200_000 + 'the end')"))
        self.assertIn("\\u001b[31m \\ud800", error)
        self.assertTrue(error.endswith("the end"))
        self.assertLess(len(error), 1 << 16)

    def test_directions_of_writing_are_no_text(self):
        error = self.w.closed(self.w.exec("raise ValueError('a\\u202eb\\u2066c')"))
        self.assertTrue(error.endswith("a\\u202eb\\u2066c"), error)

    def test_of_a_long_run_of_frames_the_middle_is_left_out(self):
        error = self.w.closed(self.w.exec("def a(n): b(n)\ndef b(n): a(n + 1)\na(0)"))
        self.assertIn("RecursionError", error)
        lines = error.split("\n")
        self.assertEqual(1, sum("more in between" in line for line in lines), error)
        self.assertEqual(100, sum(line.startswith("  File ") for line in lines))
        self.assertIn("<remote exec>\", line 3, in <module>", lines[1])

    def test_a_run_of_equal_frames_is_told_in_few_lines(self):
        error = self.w.closed(self.w.exec("def a(): a()\na()"))
        self.assertIn("Previous line repeated", error)
        self.assertNotIn("in between", error)
        self.assertLess(len(error), 1000)

    def test_frames_of_each_cause_are_shortened(self):
        error = self.w.closed(self.w.exec(
            """
            def a(): b()
            def b(): a()
            try:
                a()
            except RecursionError as e:
                raise OSError("deep") from e
            """
        ))
        self.assertEqual(1, error.count("more in between"), error)
        self.assertTrue(error.endswith("OSError: deep"), error)

    def test_a_long_chain_of_causes(self):
        error = self.w.closed(self.w.exec(
            """
            error = None
            for each in range(20_000):
                made = ValueError(each)
                made.__cause__ = error
                error = made
            raise error
            """
        ))
        self.assertTrue(error.startswith("Traceback"), error[:200])
        self.assertLess(len(error), 1 << 16)

    def test_a_large_source_that_fails_deep_down_is_told_at_once(self):
        source = "# line\n" * 200_000 + "def a(): b()\ndef b(): a()\na()\n"
        begun = time.monotonic()
        for _ in range(30):
            source.splitlines()
        of_thirty = time.monotonic() - begun
        begun = time.monotonic()
        self.assertIn("RecursionError", self.w.closed(self.w.exec(source)))
        # There are a thousand calls to tell of: it was not split for each.
        self.assertLess(time.monotonic() - begun, 10 * of_thirty)

    def test_exceptions_that_cannot_be_told(self):
        error = self.w.closed(self.w.exec("class E(Exception):\n    def __str__(self): 1/0\nraise E()"))
        self.assertTrue(error.startswith("Traceback"), error)
        self.assertEqual([1], self.w.run("channel.send(1)"))

    def test_g16_explicit_close(self):
        for source in "channel.close()", "channel.close('error')":
            self.assertIn("explicit", self.w.closed(self.w.exec(source)))

    def test_g26_system_exit_is_an_error_of_the_task(self):
        self.assertIn("SystemExit: 3", self.w.closed(self.w.exec("import sys; sys.exit(3)")))
        self.assertEqual([1], self.w.run("channel.send(1)"))

    def test_keyboard_interrupt(self):
        self.assertEqual("keyboard-interrupted", self.w.closed(self.w.exec("raise KeyboardInterrupt")))
        number = self.w.exec("channel.send(1); import time; time.sleep(30)")
        self.assertEqual(1, self.w.item(number))
        time.sleep(0.3)  # Python itself loses a signal that comes on the threshold of a system call
        self.w.process.send_signal(signal.SIGINT)
        self.assertEqual("keyboard-interrupted", self.w.closed(number))
        self.w.process.send_signal(signal.SIGINT)  # nothing runs
        self.assertEqual([1], self.w.run("channel.send(1)"))

    def test_what_is_no_python_task(self):
        for value in "text", ("source",), (1, None, None, {}), ("", None, None, {1: 2}), {"kind": "jvm"}:
            number, self.w.next_id = self.w.next_id, self.w.next_id + 2
            self.w.frame(frames.EXEC, number, self.w.encode(value))
            self.assertIn("Python tasks", self.w.closed(number))

    def test_a_forked_child_that_comes_to_the_end(self):
        number = self.w.exec(
            """
            import os
            pid = os.fork()
            if pid:
                channel.send(os.waitpid(pid, 0)[1] >> 8)
            else:
                try:
                    channel.send("from the child")
                except OSError:
                    os.write(2, b"refused in the child")
                raise ValueError("child")
            """
        )
        self.assertEqual(1, self.w.item(number))
        self.assertIsNone(self.w.closed(number))
        self.assertEqual([1], self.w.run("channel.send(1)"))
        self.w.process.stdin.close()
        self.w.exit_status()
        self.assertIn(b"refused in the child", self.w.stderr)
        self.assertIn(b"ValueError: child", self.w.stderr)


class StreamsTest(WorkerTestCase):
    def test_g18_g19_output_goes_to_standard_error(self):
        w = self.worker()
        w.run(
            """
            import os, subprocess, sys
            print("printed \\u20ac")
            os.write(1, b"raw\\n")
            subprocess.run(["echo", "from a child"])
            sys.stderr.write("error\\n")
            """
        )
        self.assertEqual(0, w.end())
        self.assertEqual("printed \u20ac\nraw\nfrom a child\nerror\n", w.stderr.decode())

    def test_output_dropped(self):
        w = self.worker(stdout="null")
        w.run("import os; print('printed'); os.write(1, b'raw'); os.write(2, b'error')")
        self.assertEqual(0, w.end())
        self.assertEqual(b"error", w.stderr)

    def test_b12_input_is_empty_and_descriptors_are_private(self):
        w = self.worker()
        found = w.run(
            """
            import os, subprocess, sys
            channel.send(sys.stdin.read())
            channel.send(os.read(0, 1))
            child = [sys.executable, "-c", "import os\\nfor fd in range(3, 50):\\n  try: os.fstat(fd); print(fd)\\n"
                     "  except OSError: pass"]
            channel.send(subprocess.run(child, stdout=subprocess.PIPE, close_fds=False).stdout)
            """
        )
        self.assertEqual(["", b"", b""], found)
        self.assertEqual(0, w.end())

    def test_unknown_model(self):
        with self.assertRaises(NotStarted) as caught:
            self.worker(execmodel="virtual")
        self.assertEqual(78, caught.exception.args[0])
        self.assertIn("does not know execmodel=virtual", caught.exception.args[1])


class PlaceTest(WorkerTestCase):
    def test_a_directory_whose_name_is_no_text(self):
        with tempfile.TemporaryDirectory() as folder:
            place = os.fsencode(folder) + b"/no text \xff\n"
            os.mkdir(place)
            w = self.worker(cwd=place)
            self.assertIn("/no text \\udcff", w.hello["cwd"])
            self.assertEqual(0, w.end())


class ModelTest(WorkerTestCase):
    WHERE = "import threading; channel.send(threading.current_thread() is threading.main_thread()); channel.receive()"

    def test_first_in_the_main_thread_others_beside_it(self):
        w = self.worker()
        first = w.exec(self.WHERE)
        self.assertTrue(w.item(first))
        second = w.exec(self.WHERE)
        self.assertFalse(w.item(second))
        self.assertEqual({"numchannels": 2, "numexecuting": 2, "execmodel": "thread"}, w.status())
        w.send(first, None)
        self.assertIsNone(w.closed(first))
        third = w.exec(self.WHERE)
        self.assertTrue(w.item(third))
        for number in second, third:
            w.send(number, None)
            self.assertIsNone(w.closed(number))
        self.assertEqual({"numchannels": 0, "numexecuting": 0, "execmodel": "thread"}, w.status())
        self.assertEqual(0, w.end())

    def test_g40_g41_main_thread_only(self):
        w = self.worker(execmodel="main_thread_only")
        for _ in range(10):
            number = w.exec(self.WHERE)
            self.assertTrue(w.item(number))
            w.send(number, None)
            self.assertIsNone(w.closed(number))
        first = w.exec(self.WHERE)
        self.assertTrue(w.item(first))
        begun = time.monotonic()
        self.assertEqual(runner.DEADLOCK, w.closed(w.exec("channel.send(1)")))
        self.assertLess(0.9, time.monotonic() - begun)
        self.assertLess(time.monotonic() - begun, 2.5)
        w.send(first, None)
        self.assertIsNone(w.closed(first))
        self.assertIn("ZeroDivisionError", w.closed(w.exec("1/0")))
        self.assertEqual([1], w.run("channel.send(1)"))
        self.assertEqual("main_thread_only", w.status()["execmodel"])
        self.assertEqual(0, w.end())

    def test_a_second_task_that_has_not_long_to_wait(self):
        w = self.worker(execmodel="main_thread_only")
        first = w.exec(self.WHERE)
        second = w.exec(self.WHERE)
        self.assertTrue(w.item(first))
        w.send(first, None)
        self.assertTrue(w.item(second))
        w.send(second, None)
        self.assertIsNone(w.closed(second))
        self.assertEqual(0, w.end())

    def test_g33_many_at_once(self):
        w = self.worker()
        numbers = [w.exec("for i in range(200): channel.send((channel.id, i))") for _ in range(10)]
        for number in numbers:
            self.assertEqual([(number, i) for i in range(200)], [w.item(number) for _ in range(200)])
            self.assertIsNone(w.closed(number))
        self.assertEqual(0, w.end())


if __name__ == "__main__":
    unittest.main()
