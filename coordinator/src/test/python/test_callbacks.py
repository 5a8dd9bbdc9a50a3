"""Callbacks and dropped channels of a live worker, over each kind of coordinator and wire."""

import unittest

from support import ChannelTestCase, Ref
from execnet4j_worker import frames


class CallbackTests:
    """The suite; the classes below say over which kind of worker."""

    def test_h20_a_dropped_channel_closes(self):
        number = self.w.exec(
            """
            import gc
            c = channel.gateway.newchannel()
            channel.send(c)
            channel.receive()
            del c
            gc.collect()
            channel.receive()
            """
        )
        self.assertEqual(Ref(2), self.w.item(number))
        self.w.send(number, None)
        self.assertIsNone(self.w.closed(2))
        self.assertEqual(1, self.w.status()["numchannels"])
        self.w.send(number, None)

    def test_h19_a_dropped_channel_with_a_callback_says_only_that_it_sends_no_more(self):
        number = self.w.exec(
            """
            import gc
            c = channel.gateway.newchannel()
            channel.send(c)
            c.setcallback(channel.send, endmarker="end")
            del c
            gc.collect()
            channel.receive()
            """
        )
        self.assertEqual(Ref(2), self.w.item(number))
        self.assertEqual((frames.LAST_MESSAGE, 2, b""), self.w.next(2))
        self.w.send(2, "still")
        self.assertEqual("still", self.w.item(number))
        self.w.frame(frames.CLOSE, 2)
        self.assertEqual("end", self.w.item(number))
        self.w.send(number, None)

    def test_h16_h17_h21_callbacks(self):
        number = self.w.exec(
            """
            c = channel.receive()
            got = [c.receive()]
            c.setcallback(got.append, endmarker=None)
            try:
                c.receive()
            except OSError:
                channel.send("refused")
            c.waitclose()
            channel.send(got)
            """
        )
        self.w.send(number, Ref(5))
        for each in range(10):
            self.w.send(5, each)
        self.assertEqual("refused", self.w.item(number))
        self.w.frame(frames.CLOSE, 5)
        self.assertEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, None], self.w.item(number))

    def test_h18_waitclose_waits_for_a_slow_callback(self):
        number = self.w.exec(
            """
            import time
            got = []
            def slow(item):
                time.sleep(0.2)
                got.append(item)
            c = channel.receive()
            c.setcallback(slow)
            c.waitclose()
            channel.send(got)
            """
        )
        self.w.send(number, Ref(5))
        self.w.send(5, 1)
        self.w.send(5, 2)
        self.w.frame(frames.CLOSE, 5)
        self.assertEqual([1, 2], self.w.item(number))

    def test_h22_endmarker_and_the_error_later(self):
        number = self.w.exec(
            """
            import queue
            q = queue.Queue()
            c = channel.receive()
            c.setcallback(q.put, endmarker="end")
            channel.send([q.get(), q.get()])
            try:
                c.waitclose()
            except c.RemoteError as e:
                channel.send(str(e))
            """
        )
        self.w.send(number, Ref(5))
        self.w.send(5, 1)
        self.w.frame(frames.CLOSE_ERROR, 5, self.w.encode("failed"))
        self.assertEqual([1, "end"], self.w.item(number))
        self.assertEqual("failed", self.w.item(number))

    def test_endmarker_when_set_after_the_close(self):
        number = self.w.exec(
            """
            c = channel.receive()
            c.waitclose()
            got = []
            c.setcallback(got.append, endmarker=9)
            c.waitclose()
            channel.send(got)
            """
        )
        self.w.send(number, Ref(5))
        self.w.send(5, 1)
        self.w.frame(frames.CLOSE, 5)
        self.assertEqual([1, 9], self.w.item(number))

    def test_h23_a_raising_callback(self):
        number = self.w.exec(
            """
            got = []
            def callback(item):
                got.append(item)
                if item == 2:
                    raise ValueError("no twos")
            c = channel.receive()
            c.setcallback(callback, endmarker="end")
            try:
                c.waitclose()
            except EOFError as e:
                channel.send([str(e), type(e.__cause__).__name__])
            channel.send(got)
            """
        )
        self.w.send(number, Ref(5))
        for each in 1, 2, 3:
            self.w.send(5, each)
        error = self.w.closed(5)
        self.assertTrue(error.startswith("Traceback"), error)
        self.assertIn("ValueError: no twos", error)
        self.assertIn('raise ValueError("no twos")', error)
        text, cause = self.w.item(number)
        self.assertIn("no twos", text)
        self.assertEqual("ValueError", cause)
        self.assertEqual([1, 2, "end"], self.w.item(number))

    def test_a_slow_callback_delays_nobody(self):
        number = self.w.exec(
            """
            import threading
            go = threading.Event()
            a, b = channel.receive()
            a.setcallback(lambda item: go.wait(10))
            b.setcallback(channel.send)
            channel.receive()
            go.set()
            """
        )
        self.w.send(number, (Ref(5), Ref(7)))
        self.w.send(5, 1)
        self.w.send(7, "quick")
        self.assertEqual("quick", self.w.item(number))
        self.w.send(number, None)

    def test_waitclose_in_its_own_callback(self):
        number = self.w.exec(
            """
            c = channel.receive()
            def callback(item):
                try:
                    c.waitclose()
                except RuntimeError as e:
                    channel.send(str(e))
            c.setcallback(callback)
            c.waitclose()
            """
        )
        self.w.send(number, Ref(5))
        self.w.send(5, 1)
        self.assertIn("its own callback", self.w.item(number))
        self.w.frame(frames.CLOSE, 5)


class WithExtensions(CallbackTests, ChannelTestCase):
    pass


class WithoutExtensions(CallbackTests, ChannelTestCase):
    config = {"extensions": False}


class WithBytewiseCoordinator(CallbackTests, ChannelTestCase):
    config = {"slowly": True}


class OnSocket(CallbackTests, ChannelTestCase):
    config = {"on_socket": True}


if __name__ == "__main__":
    unittest.main()
