"""What a fault in the worker, or a lack of memory or threads, must not do: lose items in silence, or hold somebody."""

import os
import threading
import time
import unittest

from support import WAIT, Ref, WorkerTestCase
from execnet4j_worker import errors, frames
from execnet4j_worker.signals import Interrupts
from execnet4j_worker.wire import Pipes
from execnet4j_worker.writer import FrameWriter


class WritingTest(WorkerTestCase):
    """The writer thread ends for a reason that everybody hears, or not at all."""

    def test_whatever_ends_it_ends_the_gateway(self):
        for fault, words in ("MemoryError", b"no memory"), ("SystemExit('out')", b"SystemExit: out"):
            with self.subTest(fault):
                w = self.worker()
                number = w.exec(
                    f"""
                    def broken(content):
                        raise {fault}
                    writer = channel.gateway._connection.writer
                    writer._write_all = broken
                    channel.send(1)
                    try:
                        channel.receive()
                    except OSError:
                        import os
                        os.write(2, b"task told, ")
                    """
                )
                self.assertIsNone(w.next(number))
                self.assertEqual(0, w.exit_status())
                self.assertIn(b"task told", w.stderr)
                self.assertIn(b"nothing can be written to the coordinator", w.stderr)
                self.assertIn(words, w.stderr)

    def test_who_waits_for_room_is_told_too(self):
        source, target = os.pipe()
        failures = []
        writer = FrameWriter(Pipes(source, target), Interrupts(), failures.append)
        self.assertTrue(writer.put(frames.DATA, 1, bytes(writer.ROOM), None))
        told = []

        def wait():
            try:
                writer.put(frames.DATA, 1, b"", None)
            except errors.ConnectionLost as e:
                told.append(str(e))

        def broken(content):
            raise MemoryError

        waiting = threading.Thread(target=wait)
        waiting.start()
        while waiting.is_alive() and not writer._changed._waiters:
            waiting.join(0.01)
        writer._write_all = broken
        writer.run()
        waiting.join(WAIT)
        self.assertEqual(["nothing can be sent any more: no memory was left to write with"], told)
        self.assertTrue(writer.closed.is_set())
        self.assertEqual(b"", os.read(source, 1))
        os.close(source)
        self.assertEqual(1, len(failures))

    def test_a_job_that_fails_keeps_it_from_nothing(self):
        w = self.worker()
        items = w.run(
            """
            import threading
            done = threading.Event()
            writer = channel.gateway._connection.writer
            writer.later(lambda: 1 / 0)
            writer.later(done.set)
            channel.send(done.wait(5))
            """
        )
        self.assertEqual([True], items)
        self.assertEqual(0, w.end())
        where = b"ZeroDivisionError: division by zero (<remote exec>, line 5)"
        self.assertEqual(b"execnet4j: a fault in execnet4j itself: " + where + b"\n", w.stderr)

    def test_closed_while_a_sender_waits_for_room_it_is_told_and_sends_nothing(self):
        for channel, close in ("channel.gateway.newchannel()", "c.close()"), ("channel.receive()", "c.waitclose()"):
            with self.subTest(close):
                w = self.worker(reads=False)
                number = w.exec(
                    f"""
                    import os, threading
                    def send():
                        try:
                            c.send("late")
                        except OSError as e:
                            told.append(str(e))
                    told = []
                    c = {channel}
                    channel.send(bytes(2 << 20))
                    sender = threading.Thread(target=send)
                    sender.start()
                    while not channel.gateway._connection.writer._changed._waiters:
                        sender.join(0.01)
                    os.write(2, b"waiting ")
                    {close}
                    sender.join(5)
                    os.write(2, repr(told).encode() + b" done")
                    """
                )
                w.send(number, Ref(5))
                w.await_stderr(b"waiting")
                w.frame(frames.CLOSE, 5)
                w.await_stderr(b"done")
                w.begin_reading()
                self.assertIn(b"cannot send, the channel is closed", w.stderr)
                w.next(0)
                self.assertEqual((frames.DATA, number, bytes(2 << 20)), w.next())
                rest = [w.next() for _ in range(2 if close == "c.close()" else 1)]
                self.assertEqual({frames.CLOSE}, {frame[0] for frame in rest})
                self.assertEqual(0, w.end())


NO_THREADS = """
import threading
def refuse(thread):
    raise RuntimeError("no thread")
threading.Thread.start = refuse
"""


class CallbackTest(WorkerTestCase):
    def test_without_further_threads_callbacks_run_and_get_their_endmarker(self):
        w = self.worker()
        number = w.exec(
            NO_THREADS + """
got = []
for c in channel.receive():
    c.setcallback(got.append, endmarker="end")
    channel.send(None)
    c.waitclose(10)
channel.send(got)
"""
        )
        w.send(number, [Ref(5), Ref(7)])
        for each in 5, 7:
            self.assertIsNone(w.item(number))
            w.send(each, each)
            w.frame(frames.CLOSE, each)
        self.assertEqual([5, "end", 7, "end"], w.item(number))
        self.assertIsNone(w.closed(number))

    def test_a_run_that_fails_holds_nobody_who_waits_for_the_end(self):
        w = self.worker()
        number = w.exec(
            """
            def broken(*_):
                raise SystemExit("broken")
            c = channel.receive()
            c._link.callback_failed = broken
            c.setcallback(broken, endmarker="end")
            channel.send(None)
            c.waitclose(10)
            """
        )
        w.send(number, Ref(5))
        self.assertIsNone(w.item(number))
        w.send(5, 1)
        w.send(5, 2)
        w.frame(frames.CLOSE, 5)
        self.assertIsNone(w.closed(number))
        self.assertEqual(0, w.end())
        line = b"execnet4j: a fault in execnet4j itself: SystemExit: broken (<remote exec>, line 3)\n"
        # Of either item; and of the end, unless the worker ended before that was told: it waits for no callback then.
        self.assertIn(w.stderr, (2 * line, 3 * line))


class LossTest(WorkerTestCase):
    def test_all_channels_and_the_host_are_told_whatever_fails(self):
        w = self.worker()
        number = w.exec(
            """
            import os
            first, second = channel.gateway.newchannel(), channel.gateway.newchannel()
            def broken(event, ending):
                raise RuntimeError("broken")
            first._link.end = broken
            channel.send(None)
            try:
                second.receive()
            except EOFError:
                os.write(2, b"told ")
            """
        )
        self.assertIsNone(w.item(number))
        begun = time.monotonic()
        self.assertEqual(0, w.end())
        self.assertLess(time.monotonic() - begun, 3)
        self.assertEqual({b"told", b"broken"}, {word for word in (b"told", b"broken") if word in w.stderr})


if __name__ == "__main__":
    unittest.main()
