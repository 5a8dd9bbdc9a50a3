"""How a worker ends: by the end of its input or by a frame, with tasks that heed it or not, its children with it."""

import itertools
import os
import signal
import sys
import time
import unittest
from unittest import mock

from support import WorkerTestCase, lives
from execnet4j_worker import family, frames


class EndingTest(WorkerTestCase):
    def test_t03_t04_tasks_blocked_in_receive_end_quietly(self):
        for terminate in False, True:
            with self.subTest(terminate=terminate):
                w = self.worker()
                for _ in range(3):
                    w.exec("channel.receive()")
                w.exec("for item in channel: pass")
                w.exec("channel.waitclose()")
                self.assertEqual(5, w.status()["numexecuting"])
                begun = time.monotonic()
                if terminate:
                    w.frame(frames.TERMINATE, 0)
                    self.assertEqual(0, w.exit_status())
                else:
                    self.assertEqual(0, w.end())
                self.assertLess(time.monotonic() - begun, 2)
                self.assertEqual(b"", w.stderr)

    def test_results_sent_in_the_grace_arrive(self):
        w = self.worker()
        number = w.exec(
            """
            import time
            try:
                channel.receive()
            except EOFError:
                time.sleep(0.3)
                channel.send("last words")
            """
        )
        self.assertEqual(0, w.end())
        self.assertEqual("last words", w.item(number))
        self.assertIsNone(w.closed(number))
        self.assertIsNone(w.next())

    def test_callbacks_get_their_endmarker(self):
        w = self.worker()
        number = w.exec(
            """
            import threading
            ended = threading.Event()
            c = channel.gateway.newchannel()
            c.setcallback(lambda item: ended.set(), endmarker=None)
            channel.send("ready")
            ended.wait()
            channel.send("endmarker")
            """
        )
        self.assertEqual("ready", w.item(number))
        self.assertEqual(0, w.end())
        self.assertEqual("endmarker", w.item(number))

    def test_nobody_waits_for_credit_that_cannot_come(self):
        for kind in None, frames.LAST_MESSAGE:
            with self.subTest(kind):
                w = self.worker()
                number = w.exec(
                    """
                    while True:
                        try:
                            channel.send(b"x" * 40_000)
                        except OSError:
                            break
                    """
                )
                if kind is not None:
                    w.frame(kind, number)
                w.item(number)
                w.item(number)
                begun = time.monotonic()
                self.assertEqual(0, w.end())
                self.assertLess(time.monotonic() - begun, 2)

    def test_a_task_that_sends_on(self):
        w = self.worker()
        w.exec("import time\nfor i in range(20):\n    channel.send(i)\n    time.sleep(0.01)\n")
        self.assertEqual(0, w.end())
        self.assertEqual(b"", w.stderr)

    def test_an_output_that_nobody_reads_any_more(self):
        w = self.worker(reads=False)
        w.process.stdout.close()
        w.exec("while True: channel.gateway.newchannel().send(1)")
        self.assertEqual(0, w.exit_status())
        self.assertEqual(b"", w.stderr)

    def test_exit_hooks_run(self):
        w = self.worker()
        w.run("import atexit, os; atexit.register(os.write, 2, b'hook')")
        self.assertEqual(0, w.end())
        self.assertEqual(b"hook", w.stderr)

    def test_threads_that_tasks_left_behind_hold_nobody(self):
        w = self.worker()
        w.run("import threading, time; threading.Thread(target=time.sleep, args=(60,)).start()")
        begun = time.monotonic()
        self.assertEqual(0, w.end())
        self.assertLess(time.monotonic() - begun, 2)

    def test_children_end_too(self):
        w = self.worker(session=True)
        number = w.exec(
            """
            import os, subprocess
            child = subprocess.Popen(["sh", "-c", "sleep 100 & echo $!; (sleep 101 & echo $!); wait"],
                                     stdout=subprocess.PIPE)
            pids = [child.pid, int(child.stdout.readline()), int(child.stdout.readline())]
            channel.send(pids)
            channel.send(os.getsid(0) == os.getpid())
            """
        )
        processes = w.item(number)
        self.assertTrue(w.item(number))
        self.assertEqual([True] * 3, [lives(each) for each in processes])
        self.assertEqual(0, w.end())
        deadline = time.monotonic() + 5
        while any(map(lives, processes)) and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual([False] * 3, [lives(each) for each in processes])

    def test_the_ladder(self):
        """All rungs at once, for they take their time."""
        sleeper, waiter, stubborn, looper, mixed = (self.worker() for _ in range(5))
        ready = [
            (sleeper, sleeper.exec("channel.send(1); import time; time.sleep(100)")),
            (waiter, waiter.exec("channel.send(1); import threading; threading.Event().wait()")),
            (stubborn, stubborn.exec(
                """
                import signal, subprocess, time
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                child = subprocess.Popen(["sleep", "100"])
                channel.send(child.pid)
                time.sleep(100)
                """
            )),
        ]
        ready.append((looper, looper.exec("channel.send(1); channel.receive()")))
        loop = looper.exec(
            """
            channel.send(1)
            import time
            try:
                while True:
                    time.sleep(0.01)
            finally:
                channel.send("cleaned up")
            """
        )
        ready.append((looper, loop))
        ready.append((mixed, mixed.exec("channel.send(1); import time; time.sleep(7)")))
        items = [w.item(number) for w, number in ready]
        begun = time.monotonic()
        for w in sleeper, waiter, stubborn, looper, mixed:
            w.process.stdin.close()
        for w in sleeper, waiter, mixed:
            self.assertEqual(130, w.exit_status())
            self.assertLess(4.5, time.monotonic() - begun)
            self.assertLess(time.monotonic() - begun, 9)
            self.assertEqual(b"", w.stderr)
        for w, number in ready[:2]:
            self.assertEqual("keyboard-interrupted", w.closed(number))
        if sys.implementation.name == "cpython":
            self.assertEqual(130, looper.exit_status())
            self.assertEqual("cleaned up", looper.item(loop))
            self.assertEqual("keyboard-interrupted", looper.closed(loop))
        else:
            self.assertEqual(124, looper.exit_status())
        self.assertEqual(124, stubborn.exit_status())
        self.assertLess(14.5, time.monotonic() - begun)
        self.assertLess(time.monotonic() - begun, 19)
        self.assertFalse(lives(items[2]))

    def test_a_killed_worker(self):
        w = self.worker()
        w.exec("channel.receive()")
        os.kill(w.process.pid, signal.SIGKILL)
        self.assertEqual(-signal.SIGKILL, w.exit_status())


class FamilyTest(unittest.TestCase):
    """Who is looked for, over a made-up list of processes; 10 is the head of the family."""

    def killed(self, listings):
        with mock.patch.object(family, "processes", lambda: next(listings)), mock.patch.object(os, "kill") as kill:
            family.kill_family(10, False)
        return [call.args[0] for call in kill.mock_calls]

    def test_what_is_born_meanwhile_is_killed_too(self):
        births = ({1: 0, 10: 1, 20: 1, **{11 + each: 10 for each in range(round + 1)}} for round in range(50))
        last = {1: 0, 10: 1, 60: 10}
        self.assertEqual({*range(11, 61)}, set(self.killed(itertools.chain(births, [last]))))

    def test_it_has_an_end(self):
        self.assertEqual(100, len(self.killed({10: 1, 11 + each: 10} for each in itertools.count())))

    def test_where_there_is_no_proc_the_command_that_lists_them_is_none_of_them(self):
        with mock.patch.object(os.path, "isdir", lambda path: False):
            found = family.processes()
        self.assertIn(os.getpid(), found)
        self.assertNotIn(os.getpid(), found.values())


if __name__ == "__main__":
    unittest.main()
