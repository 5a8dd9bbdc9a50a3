"""Channels of a live worker: with the extensions, without, on a socket, over a coordinator that writes bytewise."""

import sys
import unittest

from support import ChannelTestCase, Ref
from execnet4j_worker import frames


class ChannelTests:
    """The suite; the classes below say over which kind of worker."""

    def test_g17_echo(self):
        number = self.w.exec("for item in channel: channel.send(item)")
        for value in 1, "two", [3, {"four": (5, None)}], b"\x00" * 60_000, -(2 ** 40), True:
            self.w.send(number, value)
            self.assertEqual(value, self.w.item(number))
        self.w.frame(frames.LAST_MESSAGE, number)
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
        self.w.frame(frames.CLOSE, 101)
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
        self.w.frame(frames.CLOSE_ERROR, 101, self.w.encode("boom"))
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
        self.w.frame(frames.LAST_MESSAGE, 7)
        self.assertEqual([0, 1, 2, 3, 4], self.w.item(number))

    def test_iteration_throws_an_error(self):
        number = self.w.exec("channel.send(list(channel.receive()))")
        self.w.send(number, Ref(7))
        self.w.frame(frames.CLOSE_ERROR, 7, self.w.encode("sorry"))
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
        self.w.frame(frames.CLOSE, 2)
        self.w.frame(frames.CLOSE, 4)
        self.w.send(number, "go on")
        self.assertEqual((frames.CLOSE, 2, b""), self.w.next())
        self.assertEqual((frames.CLOSE, number, b""), self.w.next())
        self.assertEqual(0, self.w.status()["numchannels"])

    def test_closed_with_an_error_it_is_closed_there_again_too(self):
        number = self.w.exec("c = channel.gateway.newchannel(); channel.send(c); channel.receive()")
        self.assertEqual(Ref(2), self.w.item(number))
        self.w.frame(frames.CLOSE_ERROR, 2, self.w.encode("text"))
        self.assertEqual((frames.CLOSE, 2, b""), self.w.next())

    def test_h15_closed_channels_are_forgotten(self):
        number = self.w.exec("c = channel.gateway.newchannel(); channel.send(c); channel.send(c.receive()); c.close()")
        self.assertEqual(Ref(2), self.w.item(number))
        self.w.send(2, "item")
        self.assertEqual("item", self.w.item(number))
        self.assertIsNone(self.w.closed(2))
        self.assertIsNone(self.w.closed(number))
        self.assertEqual(0, self.w.status()["numchannels"])

    def test_reconfigure(self):
        number = self.w.exec("for item in channel: channel.send(item)")
        py2, py3 = b"M\0\0\0\1\xe9Q", b"N\0\0\0\1aQ"
        self.w.frame(frames.DATA, number, py2)
        self.assertEqual("\xe9", self.w.item(number))
        self.w.frame(frames.RECONFIGURE, number, self.w.encode((False, True)))
        self.w.frame(frames.DATA, number, py2)
        self.w.frame(frames.DATA, number, py3)
        self.assertEqual([b"\xe9", b"a"], [self.w.item(number) for _ in range(2)])
        self.w.frame(frames.CLOSE, number)

    def test_many_items_both_ways(self):
        number = self.w.exec("for item in channel: channel.send(item + 1)")
        for each in range(2000):
            self.w.send(number, each)
            if each >= 100:
                self.assertEqual(each - 99, self.w.item(number))
        self.w.frame(frames.LAST_MESSAGE, number)
        self.assertEqual(list(range(1901, 2001)), [self.w.item(number) for _ in range(100)])
        self.assertIsNone(self.w.closed(number))


class WithExtensions(ChannelTests, ChannelTestCase):
    def test_hello(self):
        self.assertEqual(self.w.process.pid, self.w.hello["pid"])
        self.assertEqual("%d.%d.%d" % sys.version_info[:3], self.w.hello["version"])
        self.assertEqual(0, self.w.hello["release"])
        info = dict(self.w.hello)
        self.assertIs(True, info.pop("heartbeats"))
        self.assertEqual({"pid", "version", "release", "executable", "platform", "cwd"}, set(info))
        self.assertEqual([info], self.w.run("channel.send(channel.gateway.info())"))


class WithoutExtensions(ChannelTests, ChannelTestCase):
    config = {"extensions": False}

    def test_nothing_but_the_protocol(self):
        number = self.w.exec("for _ in range(100): channel.send('x' * 1000 + channel.receive())")
        for _ in range(100):
            self.w.send(number, "y" * 1000)
        kinds = [self.w.next(number, credit=True)[0] for _ in range(101)]
        self.assertEqual([frames.DATA] * 100 + [frames.CLOSE], kinds)


class WithBytewiseCoordinator(ChannelTests, ChannelTestCase):
    config = {"slowly": True}


class OnSocket(ChannelTests, ChannelTestCase):
    config = {"on_socket": True}


if __name__ == "__main__":
    unittest.main()
