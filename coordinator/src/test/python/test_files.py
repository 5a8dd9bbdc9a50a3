"""Files over channels of a live worker, over each kind of coordinator."""

import unittest

from support import ChannelTestCase, Ref
from execnet4j_worker import frames


class FileTests:
    """The suite; the classes below say over which kind of worker."""

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
        self.w.frame(frames.CLOSE, 5)
        self.assertEqual(["abc", "d", "ef\n", "ghi\n", ["j\n", "k"], "", "", ""], self.w.item(number))
        self.w.send(number, Ref(7))
        self.w.send(7, b"a\nb")
        self.w.frame(frames.CLOSE, 7)
        self.assertEqual([b"a\n", [b"b"], b""], self.w.item(number))

    def test_h18_file_modes(self):
        self.assertEqual(["refused"], self.w.run(
            "try: channel.makefile('rw')\nexcept ValueError: channel.send('refused')"))


class WithExtensions(FileTests, ChannelTestCase):
    pass


class WithoutExtensions(FileTests, ChannelTestCase):
    config = {"extensions": False}


class WithBytewiseCoordinator(FileTests, ChannelTestCase):
    config = {"slowly": True}


if __name__ == "__main__":
    unittest.main()
