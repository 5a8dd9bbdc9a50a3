"""Channels of a live worker, with the extensions and without, and over a coordinator that writes bytewise."""

import os
import sys
import time
import unittest

from support import Ref, WorkerTestCase, worker


class ChannelTests:
    """The suite; the classes below say over which kind of worker."""

    config = {}

    def setUp(self):
        self.w = self.worker(**self.config)

    def tearDown(self):
        self.assertEqual(0, self.w.end())
        self.assertEqual(b"", self.w.stderr)

    def test_g17_echo(self):
        number = self.w.exec("for item in channel: channel.send(item)")
        for value in 1, "two", [3, {"four": (5, None)}], b"\x00" * 60_000, -(2 ** 40), True:
            self.w.send(number, value)
            self.assertEqual(value, self.w.item(number))
        self.w.frame(worker.LAST_MESSAGE, number)
        self.assertIsNone(self.w.closed(number))
        self.assertEqual(0, self.w.status()["numchannels"])

    def test_h01_what_cannot_be_sent(self):
        error = self.w.closed(self.w.exec("channel.send(object())"))
        self.assertIn("cannot serialize", error)
        self.assertTrue(error.startswith("Traceback"), error)

    def test_h03_items_then_end_for_ever(self):
        number = self.w.exec(
            """
            c = channel.receive()
            for _ in range(3):
                try:
                    channel.send(c.receive())
                except EOFError:
                    channel.send("end")
            c.waitclose(1)
            """
        )
        self.w.send(number, Ref(101))
        self.w.send(101, "item")
        self.w.frame(worker.CLOSE, 101)
        self.assertEqual(["item", "end", "end"], [self.w.item(number) for _ in range(3)])
        self.assertIsNone(self.w.closed(number))

    def test_h07_item_then_error_once_then_end(self):
        number = self.w.exec(
            """
            c = channel.receive()
            for _ in range(4):
                try:
                    channel.send(c.receive())
                except c.RemoteError as e:
                    channel.send("error " + e.formatted)
                except EOFError:
                    channel.send("end")
            c.waitclose()
            """
        )
        self.w.send(number, Ref(101))
        self.w.send(101, "item")
        self.w.frame(worker.CLOSE_ERROR, 101, self.w.encode("boom"))
        self.assertEqual(["item", "error boom", "end", "end"], [self.w.item(number) for _ in range(4)])
        self.assertIsNone(self.w.closed(number))

    def test_h04_h05_timeouts(self):
        items = self.w.exec(
            """
            for call in (channel.receive, channel.waitclose):
                try:
                    call(timeout=0.05)
                except channel.TimeoutError as e:
                    channel.send(isinstance(e, TimeoutError))
            channel.send(channel.receive())
            """
        )
        self.assertTrue(self.w.item(items))
        self.assertTrue(self.w.item(items))
        self.w.send(items, "late")
        self.assertEqual("late", self.w.item(items))

    def test_h09_own_close_with_error(self):
        number = self.w.exec(
            """
            c = channel.gateway.newchannel()
            channel.send(c)
            c.close("broken")
            try:
                c.waitclose()
            except c.RemoteError as e:
                channel.send(str(e))
            c.waitclose()
            try:
                c.send(1)
            except OSError:
                channel.send("refused")
            channel.send(c.isclosed())
            """
        )
        own = self.w.item(number)
        self.assertEqual(2, own.number)
        self.assertEqual("broken", self.w.closed(2))
        self.assertEqual(["broken", "refused", True], [self.w.item(number) for _ in range(3)])

    def test_h12_iteration(self):
        number = self.w.exec("channel.send(list(channel.receive()))")
        self.w.send(number, Ref(7))
        for each in range(5):
            self.w.send(7, each)
        self.w.frame(worker.LAST_MESSAGE, 7)
        self.assertEqual([0, 1, 2, 3, 4], self.w.item(number))

    def test_iteration_throws_an_error(self):
        number = self.w.exec("channel.send(list(channel.receive()))")
        self.w.send(number, Ref(7))
        self.w.frame(worker.CLOSE_ERROR, 7, self.w.encode("sorry"))
        error = self.w.closed(number)
        self.assertIn("RemoteError: sorry", error)

    def test_h13_h14_channels_in_values(self):
        number = self.w.exec(
            """
            a, b = channel.receive()["them"]
            channel.send((a is channel, b.id, repr(b)))
            channel.send([channel, b])
            b.send("through b")
            """
        )
        self.w.send(number, {"them": (Ref(number), Ref(9))})
        self.assertEqual((True, 9, "<Channel id=9 open>"), self.w.item(number))
        self.assertEqual([Ref(number), Ref(9)], self.w.item(number))
        self.assertEqual("through b", self.w.item(9))

    def test_channels_exist_before_the_item_is_received(self):
        number = self.w.exec(
            """
            channel.receive()
            c = channel.receive()
            channel.send([c.receive(), c.receive()])
            """
        )
        self.w.send(number, Ref(9))
        self.w.send(number, Ref(11))
        self.w.send(11, "early")
        self.w.send(11, "bird")
        self.assertEqual(["early", "bird"], self.w.item(number))

    def test_what_the_coordinator_may_have_opened_anew_is_closed_there_again(self):
        number = self.w.exec(
            """
            named, unnamed = channel.gateway.newchannel(), channel.gateway.newchannel()
            channel.send([named])
            channel.receive()
            """
        )
        self.assertEqual([Ref(2)], self.w.item(number))
        self.w.frame(worker.CLOSE, 2)
        self.w.frame(worker.CLOSE, 4)
        self.w.send(number, "go on")
        self.assertEqual((worker.CLOSE, 2, b""), self.w.next())
        self.assertEqual((worker.CLOSE, number, b""), self.w.next())
        self.assertEqual(0, self.w.status()["numchannels"])

    def test_closed_with_an_error_it_is_closed_there_again_too(self):
        number = self.w.exec("c = channel.gateway.newchannel(); channel.send(c); channel.receive()")
        self.assertEqual(Ref(2), self.w.item(number))
        self.w.frame(worker.CLOSE_ERROR, 2, self.w.encode("text"))
        self.assertEqual((worker.CLOSE, 2, b""), self.w.next())

    def test_h15_closed_channels_are_forgotten(self):
        number = self.w.exec("c = channel.gateway.newchannel(); channel.send(c); channel.send(c.receive()); c.close()")
        self.assertEqual(Ref(2), self.w.item(number))
        self.w.send(2, "item")
        self.assertEqual("item", self.w.item(number))
        self.assertIsNone(self.w.closed(2))
        self.assertIsNone(self.w.closed(number))
        self.assertEqual(0, self.w.status()["numchannels"])

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
        self.assertEqual((worker.LAST_MESSAGE, 2, b""), self.w.next(2))
        self.w.send(2, "still")
        self.assertEqual("still", self.w.item(number))
        self.w.frame(worker.CLOSE, 2)
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
        self.w.frame(worker.CLOSE, 5)
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
        self.w.frame(worker.CLOSE, 5)
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
        self.w.frame(worker.CLOSE_ERROR, 5, self.w.encode("failed"))
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
        self.w.frame(worker.CLOSE, 5)
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
        self.w.frame(worker.CLOSE, 5)

    def test_h24_h25_h26_writing_files(self):
        number = self.w.exec(
            """
            f = channel.makefile()
            print("hello", 1, file=f)
            f.writelines(["a", "b"])
            f.close()
            channel.send(f.isatty())
            c = channel.receive()
            with c.makefile("w", proxyclose=True) as g:
                g.write(b"bytes")
            try:
                g.write("more")
            except OSError:
                channel.send("closed")
            channel.makefile("w", proxyclose=True).close()
            """
        )
        self.w.send(number, Ref(5))
        items = [self.w.item(number) for _ in range(8)]
        self.assertEqual("hello 1\n", "".join(items[:4]))
        self.assertEqual(["a", "b", False, "closed"], items[4:])
        self.assertEqual(b"bytes", self.w.item(5))
        self.assertIsNone(self.w.closed(5))
        self.assertIn("explicit", self.w.closed(number))

    def test_h27_h28_h29_reading_files(self):
        number = self.w.exec(
            """
            f = channel.receive().makefile("r")
            channel.send([f.read(3), f.read(1), f.readline(), f.readline(), list(f), f.read(2), f.readline(), f.read()])
            b = channel.receive().makefile("r")
            channel.send([b.readline(), list(b), b.read(1)])
            """
        )
        self.w.send(number, Ref(5))
        for each in "ab", "cd", "ef\ngh", "i\nj\nk":
            self.w.send(5, each)
        self.w.frame(worker.CLOSE, 5)
        self.assertEqual(["abc", "d", "ef\n", "ghi\n", ["j\n", "k"], "", "", ""], self.w.item(number))
        self.w.send(number, Ref(7))
        self.w.send(7, b"a\nb")
        self.w.frame(worker.CLOSE, 7)
        self.assertEqual([b"a\n", [b"b"], b""], self.w.item(number))

    def test_h18_file_modes(self):
        self.assertEqual(["refused"], self.w.run(
            "try: channel.makefile('rw')\nexcept ValueError: channel.send('refused')"))

    def test_reconfigure(self):
        number = self.w.exec("for item in channel: channel.send(item)")
        py2, py3 = b"M\0\0\0\1\xe9Q", b"N\0\0\0\1aQ"
        self.w.frame(worker.DATA, number, py2)
        self.assertEqual("\xe9", self.w.item(number))
        self.w.frame(worker.RECONFIGURE, number, self.w.encode((False, True)))
        self.w.frame(worker.DATA, number, py2)
        self.w.frame(worker.DATA, number, py3)
        self.assertEqual([b"\xe9", b"a"], [self.w.item(number) for _ in range(2)])
        self.w.frame(worker.CLOSE, number)

    def test_many_items_both_ways(self):
        number = self.w.exec("for item in channel: channel.send(item + 1)")
        for each in range(2000):
            self.w.send(number, each)
            if each >= 100:
                self.assertEqual(each - 99, self.w.item(number))
        self.w.frame(worker.LAST_MESSAGE, number)
        self.assertEqual(list(range(1901, 2001)), [self.w.item(number) for _ in range(100)])
        self.assertIsNone(self.w.closed(number))


class WithExtensions(ChannelTests, WorkerTestCase):
    def test_hello(self):
        self.assertEqual(self.w.process.pid, self.w.hello["pid"])
        self.assertEqual("%d.%d.%d" % sys.version_info[:3], self.w.hello["version"])
        self.assertEqual(0, self.w.hello["release"])
        self.assertEqual({"pid", "version", "release", "executable", "platform", "cwd"}, set(self.w.hello))
        self.assertEqual([self.w.hello], self.w.run("channel.send(channel.gateway.info())"))


class WithoutExtensions(ChannelTests, WorkerTestCase):
    config = {"extensions": False}

    def test_nothing_but_the_protocol(self):
        number = self.w.exec("for _ in range(100): channel.send('x' * 1000 + channel.receive())")
        for _ in range(100):
            self.w.send(number, "y" * 1000)
        kinds = [self.w.next(number, credit=True)[0] for _ in range(101)]
        self.assertEqual([worker.DATA] * 100 + [worker.CLOSE], kinds)


class WithBytewiseCoordinator(ChannelTests, WorkerTestCase):
    config = {"slowly": True}


class FlowControlTest(WorkerTestCase):
    """The window, the budget, and a peer that does not keep to them."""

    def credits(self, w, number):
        total = 0
        while True:
            kind, its_number, payload = w.next(credit=True)
            if kind == worker.CREDIT and its_number == number:
                total += worker.INT64.unpack(payload)[0]
            elif kind == worker.DATA:
                return total, payload

    def test_without_budget_credit_comes_when_an_item_is_taken(self):
        w = self.worker(bytebudget=0)
        number = w.exec(
            """
            c = channel.receive()
            channel.receive()
            channel.send("nothing taken")
            c.receive()
            channel.send("one taken")
            c.receive()
            channel.send("two taken")
            channel.receive()
            """
        )
        w.send(number, Ref(3))
        for _ in range(3):
            w.send(3, b"x" * 20_000)
        w.send(number, None)
        self.assertEqual((0, "nothing taken"), self.credits(w, 3))
        self.assertEqual((0, "one taken"), self.credits(w, 3))  # less than half a window yet
        credit, text = self.credits(w, 3)
        self.assertEqual("two taken", text)
        self.assertEqual(2 * (9 + len(w.encode(b"x" * 20_000))), credit)
        w.send(number, None)
        self.assertEqual(0, w.end())

    def test_the_budget_is_lent_and_comes_back(self):
        w = self.worker(bytebudget=100_000)
        number = w.exec(
            """
            import gc
            c = channel.receive()
            channel.receive()
            channel.send("lent")
            del c
            gc.collect()
            channel.send("dropped")
            d = channel.receive()
            channel.receive()
            channel.send("lent again")
            """
        )
        w.send(number, Ref(3))
        w.send(3, b"x" * 90_000)
        w.send(number, None)
        cost = 9 + len(w.encode(b"x" * 90_000))
        self.assertEqual((cost, "lent"), self.credits(w, 3))
        self.assertEqual("dropped", w.item(number))
        self.assertIsNone(w.closed(3))
        w.send(number, Ref(5))
        w.send(5, b"x" * 90_000)
        w.send(number, None)
        self.assertEqual((cost, "lent again"), self.credits(w, 5))
        self.assertIsNone(w.closed(number))
        self.assertEqual(0, w.end())

    def test_a_sender_waits_for_credit(self):
        w = self.worker()
        number = w.exec(
            """
            block = b"x" * 40_000
            channel.send(block)
            channel.send(block)
            try:
                channel.send(block, timeout=0.2)
            except channel.TimeoutError as e:
                error = str(e)
            channel.send(error)
            """
        )
        self.assertEqual(2, len([w.item(number) for _ in range(2)]))
        self.assertEqual(1, w.status()["numchannels"])
        time.sleep(0.4)
        self.assertTrue(w.frames.empty())
        w.frame(worker.CREDIT, number, worker.INT64.pack(80_100))
        self.assertIn("unread", w.item(number))
        self.assertIsNone(w.closed(number))
        self.assertEqual(0, w.end())

    def test_closed_while_an_item_with_it_waited_it_is_closed_again(self):
        w = self.worker()
        number = w.exec(
            """
            import threading
            channel.send(bytes(70_000))
            c = channel.gateway.newchannel()
            sender = threading.Thread(target=channel.send, args=([c],))
            sender.start()
            while not c._link.named:
                threading.Event().wait(0.01)
            c.close()
            sender.join()
            """
        )
        self.assertEqual(bytes(70_000), w.item(number))
        self.assertIsNone(w.closed(2))
        w.frame(worker.CREDIT, number, worker.INT64.pack(1 << 20))
        self.assertEqual((worker.DATA, number, [Ref(2)]), w.next())
        self.assertEqual((worker.CLOSE, 2, b""), w.next())

    def test_a_worker_whose_output_nobody_reads_holds_nobody_for_ever(self):
        w = self.worker()
        number = w.exec("for i in range(200): channel.gateway.newchannel().send(b'x' * 60_000, timeout=5)")
        self.assertIsNone(self.last(w, number))
        self.assertEqual(0, w.end())

    @staticmethod
    def last(w, number):
        while True:
            frame = w.next(number)
            if frame[0] != worker.DATA:
                return frame[2] or None

    def test_sending_without_credit_ends_the_gateway(self):
        w = self.worker(bytebudget=0)
        number = w.exec("channel.gateway.newchannel().receive()")
        w.send(number, b"x" * 70_000)
        w.send(number, b"x")
        self.assertEqual(0, w.exit_status())
        self.assertIn(b"without credit", w.stderr)

    def test_a_stock_peer_that_overfills_a_channel_loses_only_that(self):
        w = self.worker(extensions=False, bytebudget=0)
        number = w.exec(
            """
            c = channel.receive()
            channel.receive()
            channel.send(len(c.receive()))
            try:
                c.receive()
            except EOFError as e:
                channel.send(str(e))
            """
        )
        w.send(number, Ref(3))
        w.send(3, b"x" * 70_000)
        w.send(3, b"y" * 1000)
        self.assertIn("takes no more", w.closed(3))
        w.send(number, None)
        self.assertEqual(70_000, w.item(number))
        self.assertIn("1015 bytes was refused", w.item(number))
        self.assertIsNone(w.closed(number))
        self.assertEqual(0, w.end())


class BrokenCoordinatorTest(WorkerTestCase):
    """What ends a gateway, and what does not."""

    def test_what_ends_it(self):
        header = worker.HEADER.pack
        broken = {
            b"unknown type": header(99, 1, 0),
            b"claims": header(worker.DATA, 1, -5),
            b"claims ": header(worker.DATA, 1, 0x7FFFFFFF),
            b"may not use": header(worker.EXEC, 2, 0),
            b"may not use: 0": header(worker.EXEC, 0, 0),
            b"unknown opcode": header(worker.DATA, 1, 3) + b"\0BQ",
            b"credit of 0": header(worker.CREDIT, 1, 8) + bytes(8),
            b"credit of": header(worker.CREDIT, 1, 1) + b"1",
            b"not understood": header(worker.RECONFIGURE, 0, 2) + b"LQ",
            b"ends without STOP": header(worker.EXEC, 1, 1) + b"L",
            b"within a frame's header": b"\4\0",
            b"within a frame's payload": header(worker.DATA, 1, 5) + b"1",
        }
        for words, data in broken.items():
            with self.subTest(words):
                w = self.worker()
                w.write(data)
                self.assertEqual(0, w.end())
                self.assertIn(words.strip(), w.stderr)
                self.assertEqual(1, w.stderr.count(b"\n"), w.stderr)

    def test_credit_from_a_stock_peer_ends_it(self):
        w = self.worker(extensions=False)
        w.frame(worker.CREDIT, 1, worker.INT64.pack(5))
        self.assertEqual(0, w.exit_status())
        self.assertIn(b"unknown type 65", w.stderr)

    def test_a_broken_item_ends_it_when_it_is_received(self):
        w = self.worker()
        number = w.exec("channel.receive()")
        w.frame(worker.DATA, number, b"LLQ")
        self.assertEqual(0, w.exit_status())
        self.assertIn(b"an item is no value", w.stderr)

    def test_frames_for_channels_that_are_gone_are_ignored(self):
        w = self.worker()
        for kind in worker.DATA, worker.CLOSE, worker.LAST_MESSAGE:
            w.frame(kind, 77, w.encode(1) if kind == worker.DATA else b"")
        w.frame(worker.CLOSE_ERROR, 77, w.encode("text"))
        w.frame(worker.CREDIT, 77, worker.INT64.pack(5))
        w.send(77, [Ref(79)])
        self.assertEqual((worker.CLOSE, 79, b""), w.next())
        self.assertEqual([1], w.run("channel.send(1)"))
        self.assertEqual(0, w.end())


class FrameWriterTest(unittest.TestCase):
    def test_one_item_however_large_is_no_pile(self):
        source, target = os.pipe()
        self.addCleanup(os.close, source)
        self.addCleanup(os.close, target)
        writer = worker.FrameWriter(target, self.fail)
        self.assertTrue(writer.put(worker.DATA, 1, bytes(writer.PILE), 0))
        writer.offer(worker.CLOSE, 1)
        self.assertFalse(writer.put(worker.DATA, 1, b"", 0))

    def test_what_piles_up_beyond_the_limit_is_the_end(self):
        source, target = os.pipe()
        self.addCleanup(os.close, source)
        self.addCleanup(os.close, target)
        writer = worker.FrameWriter(target, lambda failure: None)
        for _ in range(2):
            writer.offer(worker.CLOSE, 1, bytes(writer.PILE))
        with self.assertRaisesRegex(worker.ConnectionLost, "not reading"):
            writer.put(worker.DATA, 1, b"", 0)


if __name__ == "__main__":
    unittest.main()
