"""What no thread of a worker can end is ended from beside it, once the coordinator is gone; all cases at once."""

import os
import pathlib
import signal
import sys
import time
import unittest

from support import WorkerTestCase, lives

CHILD = "import os, subprocess, time\nchannel.send(subprocess.Popen(['sleep', '100']).pid)\nchannel.receive()\n"
STUCK_IN_C = CHILD + "import ctypes\nos.write(2, b'ready')\nctypes.PyDLL(None).sleep(1000)\n"
HOARD = """
import resource

def hoard():
    with open("/proc/self/statm") as sizes:
        size = int(sizes.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + (1 << 26), resource.RLIM_INFINITY))
    held, piece = [], 1 << 20
    while piece:
        try:
            held.append(bytes(piece))
        except MemoryError:
            piece //= 2
    return held
"""
WITHOUT_MEMORY = CHILD + HOARD + """
held = hoard()
os.write(2, b'ready')
while True:
    try:
        time.sleep(1000)
    except BaseException:
        pass
"""
STOPPED = CHILD + "import signal\nos.write(2, b'ready')\nos.kill(os.getpid(), signal.SIGSTOP)\n"


def processes_with(mark):
    """Those that live and have inherited the mark in their environment."""
    found = []
    for place in pathlib.Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in place.read_bytes() and lives(int(place.parent.name)):
                found.append(int(place.parent.name))
        except OSError:  # it has just ended
            pass
    return found


class WatcherTest(WorkerTestCase):
    def marked(self, name):
        mark = f"EXECNET4J_TEST_MARK={os.getpid()}-{name}-"
        w = self.worker(session=True, env={**os.environ, **dict([mark.split("=")])})
        return w, mark

    def await_true(self, condition, what, timeout=60.0):
        deadline = time.monotonic() + timeout
        while not condition():
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.02)

    def await_none(self, mark, timeout=30.0):
        self.await_true(lambda: not processes_with(mark), f"{mark}: {processes_with(mark)} still live", timeout)

    def test_whatever_a_task_does_nothing_outlives_the_coordinator(self):
        killed = -signal.SIGKILL
        cases = [("stopped", STOPPED, [killed])]
        if sys.implementation.name == "cpython":  # PyPy lets others run, and ends without memory
            # Without memory its own way to the exit may take so long that the watcher is first.
            cases += ("C", STUCK_IN_C, [killed]), ("memory", WITHOUT_MEMORY, [124, killed])
        begun = []
        for name, source, status in cases:
            w, mark = self.marked(name)
            number = w.exec(source)
            child = w.item(number)
            w.send(number, "go on")
            self.await_true(lambda: b"ready" in w.stderr, name)
            self.assertIn(child, processes_with(mark))
            begun.append((w, mark, status))
        for w, _, _ in begun:
            w.process.stdin.close()
        for w, mark, status in begun:
            with self.subTest(mark):
                self.assertIn(w.exit_status(60), status)
                self.await_none(mark)

    def test_without_memory_a_task_fails_or_its_worker_ends(self):
        w, mark = self.marked("without")
        number = w.exec(HOARD + "held = hoard()\nheld += [bytes(1 << 26)]")
        if sys.implementation.name == "cpython":
            self.assertIn("MemoryError", w.closed(number))
            self.assertEqual([1], w.run("channel.send(1)"))
            self.assertEqual(0, w.end())
        else:
            self.assertNotEqual(0, w.exit_status())
        self.await_none(mark)

    def test_one_process_beside_the_worker_and_none_after_it(self):
        w, mark = self.marked("one")
        self.assertEqual([True], w.run("channel.send(True)"))
        self.assertEqual(2, len(processes_with(mark)))
        self.assertEqual(["no child"], w.run(
            "import os\ntry:\n    os.wait()\nexcept ChildProcessError:\n    channel.send('no child')"
        ))
        self.assertEqual(0, w.end())
        self.await_none(mark)

    def test_what_a_killed_worker_started_ends_with_it(self):
        w, mark = self.marked("killed")
        number = w.exec(CHILD)
        child = w.item(number)
        w.process.kill()
        w.exit_status()
        self.await_none(mark)
        self.assertFalse(lives(child))

    def test_a_fork_that_left_the_family_does_not_hold_it(self):
        w, mark = self.marked("forked")
        fork, = w.run(
            """
            import os, time
            told, tells = os.pipe()
            child = os.fork()
            if child == 0:
                os.setsid()
                if os.fork() == 0:
                    os.write(tells, b"%d" % os.getpid())
                    time.sleep(100)
                os._exit(0)
            os.waitpid(child, 0)
            channel.send(int(os.read(told, 20)))
            """
        )
        w.process.kill()
        w.exit_status()
        self.await_true(lambda: processes_with(mark) == [fork], "the fork alone is left")
        os.kill(fork, signal.SIGKILL)
        self.await_none(mark)


if __name__ == "__main__":
    unittest.main()
