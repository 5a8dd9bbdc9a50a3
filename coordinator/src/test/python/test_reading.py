"""Who reads and who writes: what comes while a task waits, and signals while it does, on pipes and on a socket."""

import os
import signal
import sys
import threading
import time
import unittest

from support import WAIT, ChannelTestCase, Ref, WorkerTestCase, lives
from execnet4j_worker import forms, frames


class ReadingTests:
    """The suite; the classes below say on which wire."""

    def test_a_task_that_waits_does_what_comes_for_others(self):
        waiting = self.w.exec("channel.send(channel.receive())")
        other = self.w.exec("channel.send(channel.receive())")
        for each in 1, 2, 3:
            self.assertEqual(2, self.w.status()["numexecuting"])
        self.w.send(other, "other")
        self.assertEqual("other", self.w.item(other))
        self.assertIsNone(self.w.closed(other))
        self.w.send(waiting, "waiting")
        self.assertEqual("waiting", self.w.item(waiting))
        self.assertIsNone(self.w.closed(waiting))

    def test_what_comes_is_done_while_a_task_computes(self):
        number = self.w.exec(
            """
            c = channel.receive()
            channel.send(None)
            got = []
            for _ in range(20):
                channel.send(channel.receive())
            c.setcallback(got.append)
            channel.send("now")
            while not got:
                pass
            channel.send(got)
            """
        )
        self.w.send(number, Ref(5))
        self.assertIsNone(self.w.item(number))
        for each in range(20):
            self.w.send(number, each)
            self.assertEqual(each, self.w.item(number))
        self.assertEqual("now", self.w.item(number))
        self.w.send(5, "called back")
        self.assertEqual(["called back"], self.w.item(number))
        self.assertIsNone(self.w.closed(number))
        self.w.frame(frames.CLOSE, 5)

    def test_many_threads_wait_for_items(self):
        number = self.w.exec(
            """
            import threading
            def echo(c):
                for item in c:
                    c.send(item)
            echoes = [threading.Thread(target=echo, args=(c,)) for c in channel.receive()]
            for each in echoes:
                each.start()
            channel.send(None)
            for each in echoes:
                each.join()
            """
        )
        ids = range(101, 117, 2)
        self.w.send(number, [Ref(each) for each in ids])
        self.assertIsNone(self.w.item(number))
        for item in range(50):
            for each in ids:
                self.w.send(each, item)
            for each in ids:
                self.assertEqual(item, self.w.item(each))
        for each in ids:
            self.w.frame(frames.CLOSE, each)
        self.assertIsNone(self.w.closed(number))

    def test_who_reads_is_told_what_does_not_come_off_the_wire(self):
        items = self.w.run(
            """
            import threading
            for act in (lambda c: c.close(), lambda c: c.setcallback(print)):
                c = channel.gateway.newchannel()
                timer = threading.Timer(0.3, act, [c])
                timer.start()
                try:
                    c.receive(10)
                except (EOFError, OSError) as e:
                    channel.send(type(e).__name__)
                timer.join()
            """
        )
        self.assertEqual(["ChannelEnd", "OSError"], items)

    def test_a_large_item_in_pieces(self):
        number = self.w.exec("channel.send(len(channel.receive())); channel.send(channel.receive(10))")
        content = bytes(range(256)) * 4096
        self.w.send(number, content[1:])
        self.assertEqual(len(content) - 1, self.w.item(number))
        self.w.send(number, content)
        self.assertEqual(content, self.w.item(number))
        self.assertIsNone(self.w.closed(number))

    def test_an_interrupt_loses_nothing(self):
        number = self.w.exec(
            """
            count, item = 0, 0
            def take():
                global count, item
                channel.send(None)
                while item is not None:
                    item = channel.receive()
                    count += 1
            while item is not None:
                try:
                    take()  # Python 3.13 has no handler where a loop directly in a try jumps back
                except KeyboardInterrupt:
                    pass
            channel.send(count)
            """
        )
        for each in range(3000):
            self.w.send(number, each)
            if each % 10 == 0:
                # Awaited, so that the next comes where it is caught, while items come.
                self.assertIsNone(self.w.item(number))
                self.w.send(number, each)
                os.kill(self.w.process.pid, signal.SIGINT)
        self.assertIsNone(self.w.item(number))
        other = self.w.exec("channel.send(channel.receive())")
        self.w.send(other, "alive")
        self.assertEqual("alive", self.w.item(other))
        self.assertIsNone(self.w.closed(other))
        self.w.send(number, None)
        # An interrupt between taking an item and returning it takes that item with it, as in any call of Python's.
        self.assertIn(self.w.item(number), range(3001, 3302))
        self.assertIsNone(self.w.closed(number))

    def test_a_handler_of_the_tasks_own_may_raise_at_any_time(self):
        if sys.implementation.name == "pypy":
            return  # what a handler raises there does not always arrive where the task can catch it
        number = self.w.exec(
            """
            import signal
            class Alarm(Exception):
                pass
            armed = False
            def ring(*_):
                if armed:  # PyPy may run it late
                    raise Alarm
            signal.signal(signal.SIGALRM, ring)
            channel.send(None)
            alarms, item = 0, 0
            while item is not None:
                try:
                    armed = True
                    signal.setitimer(signal.ITIMER_REAL, 0.0003)
                    item = channel.receive()
                    armed = False
                    signal.setitimer(signal.ITIMER_REAL, 0)
                except Alarm:
                    alarms += 1
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            channel.send(alarms > 0)
            """
        )
        self.assertIsNone(self.w.item(number))
        for each in range(2000):
            self.w.send(number, each)
            if each % 20 == 0:
                time.sleep(0.001)
        self.assertEqual(1, self.w.status()["numexecuting"])
        for each in range(10):
            self.w.send(number, None)
        self.assertIs(True, self.w.item(number))
        self.assertIsNone(self.w.closed(number))

    def test_interrupted_where_it_waits_a_task_ends(self):
        number = self.w.exec("channel.send(1); channel.receive()")
        self.assertEqual(1, self.w.item(number))
        time.sleep(0.1)
        os.kill(self.w.process.pid, signal.SIGINT)
        self.assertEqual("keyboard-interrupted", self.w.closed(number))
        self.assertEqual([2], self.w.run("channel.send(2)"))

    def test_with_little_stack_left_a_receive_fails_and_nothing_else(self):
        items = self.w.run(
            """
            def deep(c):
                try:
                    deep(c)
                except RecursionError:
                    try:
                        c.receive(0.01)
                    except TimeoutError:
                        raise ValueError
            try:
                deep(channel.gateway.newchannel())
            except (ValueError, RecursionError, TypeError):  # the last is PyPy's own there
                channel.send("went on")
            """
        )
        self.assertEqual(["went on"], items)


class OnPipes(ReadingTests, ChannelTestCase):
    pass


class OnSocket(ReadingTests, ChannelTestCase):
    config = {"on_socket": True}


class SocketTest(WorkerTestCase):
    def test_where_the_coordinator_cannot_be_met_it_stays_with_its_pipes(self):
        for path in "/nowhere/s", "x" * 200, "":
            w = self.worker(socket=path)
            self.assertEqual([7], w.run("channel.send(7)"))
            self.assertEqual(0, w.end())

    def test_killed_it_leaves_nothing_that_holds_the_socket(self):
        w = self.worker(on_socket=True)
        number = w.exec("import subprocess\nchannel.send(subprocess.Popen(['sleep', '100']).pid)\nchannel.receive()")
        child = w.item(number)
        os.kill(w.process.pid, signal.SIGKILL)
        w.process.wait()
        self.assertIsNone(w.next())
        if lives(child):
            os.kill(child, signal.SIGKILL)

    def test_a_forked_child_does_not_hold_it(self):
        w = self.worker(on_socket=True)
        number = w.exec(
            """
            import os, time
            child = os.fork()
            if child == 0:
                time.sleep(100)
            channel.send(child)
            """
        )
        child = w.item(number)
        self.assertIsNone(w.closed(number))
        self.assertTrue(lives(child))
        os.kill(w.process.pid, signal.SIGKILL)
        w.process.wait()
        self.assertIsNone(w.next())
        if lives(child):
            os.kill(child, signal.SIGKILL)

    def test_a_coordinator_that_does_not_read_holds_a_sender_for_its_time_alone(self):
        w = self.worker(on_socket=True, extensions=False, reads=False)
        number = w.exec(
            """
            timeouts = 0
            while timeouts < 2:
                try:
                    channel.send(bytes(40000), timeout=0.2)
                except TimeoutError:
                    timeouts += 1
            """
        )
        time.sleep(1)
        w.begin_reading()
        frame = w.next(number)
        while frame[0] == frames.DATA:
            self.assertEqual(bytes(40000), frame[2])
            frame = w.next(number)
        self.assertEqual((frames.CLOSE, number, b""), frame)
        self.assertEqual(0, w.end())

    def test_the_reader_gives_credit_while_both_directions_are_full(self):
        w = self.worker(on_socket=True, reads=False)
        number = w.exec(
            """
            import sys
            kept = channel.receive()
            try:
                while True:
                    channel.send(bytes(40000), timeout=0.5)
            except TimeoutError:
                sys.stderr.write("full\\n")
                channel.receive()
            """
        )
        w.frame(frames.CREDIT, number, forms.INT64.pack(1 << 30))
        w.send(number, Ref(3))
        w.await_stderr(b"full")
        item = w.encode(bytes(40000))
        sent = 200
        filling = threading.Thread(target=lambda: [w.frame(frames.DATA, 3, item) for _ in range(sent)], daemon=True)
        filling.start()
        filling.join(WAIT)
        self.assertFalse(filling.is_alive(), "the reader does not read")
        w.begin_reading()
        announced = 0
        while announced < sent * (forms.HEADER.size + len(item)):
            kind, its_number, payload = w.next(credit=True)
            if kind == frames.CREDIT and its_number == 3:
                announced += forms.INT64.unpack(payload)[0]
        w.send(number, None)
        self.assertEqual(0, w.end())


if __name__ == "__main__":
    unittest.main()
