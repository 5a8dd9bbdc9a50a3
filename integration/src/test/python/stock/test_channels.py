"""Channels between a plain execnet and a JVM worker."""

import unittest

from support import PATIENCE, OneWorker

ECHO = "for (Object item : channel) { channel.send(item); }"


class Channels(OneWorker):
    def echo(self):
        channel = self.run_java(ECHO)
        self.addCleanup(self.end, channel)
        return channel

    def end(self, channel):
        channel.close()
        while self.gateway.remote_status().numexecuting:
            pass

    def same(self, channel, value):
        channel.send(value)
        back = channel.receive(PATIENCE)
        self.assertEqual((type(back), repr(back)), (type(value), repr(value)))

    def tearDown(self):
        self.doCleanups()
        super().tearDown()

    def test_values_keep_their_kind(self):
        channel = self.echo()
        for value in (
            None, True, False, 0, -1, 2**31 - 1, -(2**31), 2**31, 2**63, 10**1000,
            1.5, float("inf"), float("nan"), 1 + 2j,
            "", "grüße \U0001f600", b"", b"\0\xff", [], [1, [2, [3]]], (), (1, (2, ())), {}, {(1, 2): b"x", b"k": {3}},
            set(), {1}, frozenset(), frozenset([frozenset()]),
        ):
            self.same(channel, value)

    def test_big_values(self):
        channel = self.echo()
        data = bytes(range(256)) * 400_000
        channel.send(data)
        self.assertTrue(channel.receive(PATIENCE) == data)
        text = "ä" * 1_000_000
        channel.send(text)
        self.assertTrue(channel.receive(PATIENCE) == text)
        numbers = list(range(100_000))
        channel.send(numbers)
        self.assertTrue(channel.receive(PATIENCE) == numbers)

    def test_a_timeout_leaves_the_channel_usable(self):
        channel = self.echo()
        with self.assertRaises(channel.TimeoutError):
            channel.receive(0.01)
        self.same(channel, 1)

    def test_many_round_trips(self):
        channel = self.echo()
        for i in range(2000):
            channel.send(i)
            self.assertEqual(channel.receive(PATIENCE), i)

    def test_a_channel_sent_and_sent_back_is_the_same(self):
        channel = self.echo()
        sent = self.gateway.newchannel()
        channel.send((1, sent))
        self.assertIs(channel.receive(PATIENCE)[1], sent)
        sent.close()

    def test_a_channel_that_the_worker_opens(self):
        channel = self.run_java(
            """
            Channel opened = channel.gateway().newChannel();
            channel.send(opened);
            opened.send(opened.receive());
            opened.close();
            """
        )
        opened = channel.receive(PATIENCE)
        self.assertEqual(opened.id % 2, 0)
        opened.send("x")
        self.assertEqual(opened.receive(PATIENCE), "x")
        with self.assertRaises(EOFError):
            opened.receive(PATIENCE)
        channel.waitclose(PATIENCE)

    def test_a_callback_at_the_master_gets_all_and_the_endmarker_last(self):
        got = []
        channel = self.run_java("for (int i = 0; i < 100; i++) { channel.send(i); }")
        channel.setcallback(got.append, endmarker="end")
        channel.waitclose(PATIENCE)
        self.assertEqual(got, list(range(100)) + ["end"])

    def test_a_callback_that_raises_tells_the_worker(self):
        channel = self.run_java(
            """
            Channel opened = channel.gateway().newChannel();
            channel.send(opened);
            channel.receive();
            opened.send(1);
            try {
                opened.waitClose();
            } catch (RemoteTaskException e) {
                channel.send(e.getMessage());
            }
            """
        )

        def fail(item):
            raise KeyError("from the callback")

        opened = channel.receive(PATIENCE)
        opened.setcallback(fail)
        channel.send("now")
        self.assertIn("from the callback", channel.receive(PATIENCE))
        channel.waitclose(PATIENCE)

    def test_a_callback_at_the_worker(self):
        channel = self.run_java(
            """
            import java.util.concurrent.CountDownLatch;
            CountDownLatch end = new CountDownLatch(1);
            List<Object> got = new ArrayList<>();
            Channel results = (Channel) channel.receive();
            channel.setCallback(item -> {
                if (item == null) {
                    end.countDown();
                } else {
                    got.add(item);
                }
            }, null);
            end.await();
            results.send(got);
            results.close();
            """
        )
        results = self.gateway.newchannel()
        channel.send(results)
        for i in range(100):
            channel.send(i)
        channel.close()
        self.assertEqual(results.receive(PATIENCE), list(range(100)))
        with self.assertRaises(EOFError):
            results.receive(PATIENCE)

    def test_files_over_channels(self):
        channel = self.run_java('channel.send("ab\\ncd"); channel.send("ef");')
        file = channel.makefile("r")
        self.assertEqual((file.readline(), file.read(3), file.read(9), file.read(1)), ("ab\n", "cde", "f", ""))
        channel = self.run_java("channel.send(new BufferedReader(channel.reader()).readLine());")
        file = channel.makefile("w")
        file.write("a line")
        file.write("\n")
        self.assertEqual(channel.receive(PATIENCE), "a line")
        channel.waitclose(PATIENCE)

    def test_how_strings_are_read_can_be_set(self):
        kind = "channel.send(channel.receive().getClass().getSimpleName());"
        self.assertEqual(self.ask(kind, "x"), "String")
        channel = self.run_java("channel.receive(); " + kind)
        channel.reconfigure(py2str_as_py3str=False, py3str_as_py2str=True)
        channel.send(0)
        channel.send("x")
        self.assertIn("byte[]", str(channel.receive(PATIENCE)))
        channel.waitclose(PATIENCE)

    def ask(self, text, value):
        channel = self.run_java(text)
        channel.send(value)
        answer = channel.receive(PATIENCE)
        channel.waitclose(PATIENCE)
        return answer


if __name__ == "__main__":
    unittest.main()
