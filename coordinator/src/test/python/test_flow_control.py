"""Flow control, a coordinator that does what none does, and the queue to the writer."""

import os
import time
import unittest

from support import Ref, WorkerTestCase
from execnet4j_worker import errors, forms, frames
from execnet4j_worker.credit import GROWTH, PLENTY
from execnet4j_worker.signals import Interrupts
from execnet4j_worker.wire import Pipes
from execnet4j_worker.writer import FrameWriter


class FlowControlTest(WorkerTestCase):
    """The window, the budget, and a peer that does not keep to them."""

    def credits(self, w, number):
        total = 0
        while True:
            kind, its_number, payload = w.next(credit=True)
            if kind == frames.CREDIT and its_number == number:
                total += forms.INT64.unpack(payload)[0]
            elif kind == frames.DATA:
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

    def test_a_channel_that_uses_its_window_gets_more_and_gives_it_back_when_it_ends(self):
        w = self.worker(bytebudget=PLENTY + 1000)
        number = w.exec(
            """
            for c in channel:
                c.receive()
                channel.send("taken")
                c.waitclose(10)
            """
        )
        cost = 9 + len(w.encode(b"x" * 40_000))
        for each in 3, 5:  # there is plenty for the second only once the first has given back
            w.send(number, Ref(each))
            w.send(each, b"x" * 40_000)
            self.assertEqual((cost + GROWTH, "taken"), self.credits(w, each))
            w.frame(frames.CLOSE, each)
        w.frame(frames.CLOSE, number)
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
        w.frame(frames.CREDIT, number, forms.INT64.pack(80_100))
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
        w.frame(frames.CREDIT, number, forms.INT64.pack(1 << 20))
        self.assertEqual((frames.DATA, number, [Ref(2)]), w.next())
        self.assertEqual((frames.CLOSE, 2, b""), w.next())

    def test_a_worker_whose_output_nobody_reads_holds_nobody_for_ever(self):
        w = self.worker()
        number = w.exec("for i in range(200): channel.gateway.newchannel().send(b'x' * 60_000, timeout=5)")
        self.assertIsNone(self.last(w, number))
        self.assertEqual(0, w.end())

    @staticmethod
    def last(w, number):
        while True:
            frame = w.next(number)
            if frame[0] != frames.DATA:
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
        header = forms.HEADER.pack
        broken = {
            b"unknown type": header(99, 1, 0),
            b"claims": header(frames.DATA, 1, -5),
            b"claims ": header(frames.DATA, 1, 0x7FFFFFFF),
            b"may not use": header(frames.EXEC, 2, 0),
            b"may not use: 0": header(frames.EXEC, 0, 0),
            b"unknown opcode": header(frames.DATA, 1, 3) + b"\0BQ",
            b"credit of 0": header(frames.CREDIT, 1, 8) + bytes(8),
            b"credit of": header(frames.CREDIT, 1, 1) + b"1",
            b"not understood": header(frames.RECONFIGURE, 0, 2) + b"LQ",
            b"ends without STOP": header(frames.EXEC, 1, 1) + b"L",
            b"within a frame's header": b"\4\0",
            b"within a frame's payload": header(frames.DATA, 1, 5) + b"1",
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
        w.frame(frames.CREDIT, 1, forms.INT64.pack(5))
        self.assertEqual(0, w.exit_status())
        self.assertIn(b"unknown type 65", w.stderr)

    def test_a_broken_item_ends_it_when_it_is_received(self):
        w = self.worker()
        number = w.exec("channel.receive()")
        w.frame(frames.DATA, number, b"LLQ")
        self.assertEqual(0, w.exit_status())
        self.assertIn(b"an item is no value", w.stderr)

    def test_frames_for_channels_that_are_gone_are_ignored(self):
        w = self.worker()
        for kind in frames.DATA, frames.CLOSE, frames.LAST_MESSAGE:
            w.frame(kind, 77, w.encode(1) if kind == frames.DATA else b"")
        w.frame(frames.CLOSE_ERROR, 77, w.encode("text"))
        w.frame(frames.CREDIT, 77, forms.INT64.pack(5))
        w.send(77, [Ref(79)])
        self.assertEqual((frames.CLOSE, 79, b""), w.next())
        self.assertEqual([1], w.run("channel.send(1)"))
        self.assertEqual(0, w.end())


class WireWithRoom:
    """A wire on which writing does not wait, with room for so many bytes."""

    writes_at_once = True

    def __init__(self, room):
        self.room = room
        self.written = b""

    def write_now(self, content):
        self.written += bytes(content[:self.room])
        return min(self.room, len(content))


class FrameWriterTest(unittest.TestCase):
    def test_one_item_however_large_is_no_pile(self):
        source, target = os.pipe()
        self.addCleanup(os.close, source)
        self.addCleanup(os.close, target)
        writer = FrameWriter(Pipes(source, target), Interrupts(), self.fail)
        self.assertTrue(writer.put(frames.DATA, 1, bytes(writer.PILE), 0))
        writer.offer(frames.CLOSE, 1)
        self.assertFalse(writer.put(frames.DATA, 1, b"", 0))

    def test_what_piles_up_beyond_the_limit_is_the_end(self):
        source, target = os.pipe()
        self.addCleanup(os.close, source)
        self.addCleanup(os.close, target)
        writer = FrameWriter(Pipes(source, target), Interrupts(), lambda failure: None)
        for _ in range(2):
            writer.offer(frames.CLOSE, 1, bytes(writer.PILE))
        with self.assertRaisesRegex(errors.ConnectionLost, "not reading"):
            writer.put(frames.DATA, 1, b"", 0)

    def test_what_is_told_is_written_by_who_tells_it_if_nothing_is_before_it(self):
        wire = WireWithRoom(room=100)
        writer = FrameWriter(wire, Interrupts(), lambda failure: None)
        writer.tell(frames.CREDIT, 1, b"12345678")
        writer.tell(frames.CREDIT, 3, b"12345678")
        self.assertFalse(writer.is_any_waiting())
        both = b"".join(forms.HEADER.pack(frames.CREDIT, number, 8) + b"12345678" for number in (1, 3))
        self.assertEqual(both, wire.written)

    def test_what_is_told_waits_behind_what_waits(self):
        wire = WireWithRoom(room=5)
        writer = FrameWriter(wire, Interrupts(), lambda failure: None)
        writer.tell(frames.CREDIT, 1, b"12345678")
        writer.tell(frames.CREDIT, 3, b"12345678")
        self.assertTrue(writer.is_any_waiting())
        self.assertEqual(forms.HEADER.pack(frames.CREDIT, 1, 8)[:5], wire.written)


if __name__ == "__main__":
    unittest.main()
