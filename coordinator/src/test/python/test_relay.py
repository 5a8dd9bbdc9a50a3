"""A worker as the way to another: processes that the coordinator has it start."""

import unittest

from support import ChannelTestCase, Ref, lives
from execnet4j_worker import frames


class RelayTest(ChannelTestCase):
    """Standard input and output, standard error, control."""

    config = {"execmodel": "main_thread_only"}

    def relay(self, *command):
        first = self.w.next_id
        self.w.next_id += 6
        self.w.frame(frames.EXEC, first, self.w.encode("relay"))
        self.w.send(first, (list(command), Ref(first + 2), Ref(first + 4)))
        return first, first + 2, first + 4

    def all_of(self, number):
        kind, _, value = self.w.next(number)
        return b"" if kind == frames.CLOSE or value == b"" else value + self.all_of(number)

    def test_bytes_both_ways_and_the_status(self):
        streams, errors, control = self.relay("sh", "-c", "echo oops >&2; cat; exit 3")
        self.w.send(streams, b"one\n")
        self.assertEqual(b"one\n", self.w.item(streams))
        self.assertEqual(0, self.w.status()["numexecuting"])
        self.w.send(streams, b"\0two")
        self.w.send(streams, b"")
        self.assertEqual(b"\0two", self.all_of(streams))
        self.assertEqual(b"oops\n", self.all_of(errors))
        self.assertEqual(3, self.w.item(control))
        self.assertIsNone(self.w.closed(streams))

    def test_it_is_killed_with_what_it_has_started(self):
        command = "sleep 1000 & echo $!; cat >/dev/null"
        streams, _, control = self.relay("setsid", "sh", "-c", command)
        child = int(self.w.item(streams))
        self.w.send(control, 9)
        self.assertEqual(137, self.w.item(control))
        self.assertEqual(b"", self.all_of(streams))
        self.assertFalse(lives(child))

    def test_it_runs_beside_a_task_and_its_input_ends_with_the_connection(self):
        self.w.exec("channel.send(1); channel.receive()")
        streams, _, control = self.relay("sh", "-c", "echo $$; read line; echo last")
        process = int(self.w.item(streams))
        self.assertEqual(0, self.w.end())
        self.assertEqual(b"last\n", self.all_of(streams))
        self.assertFalse(lives(process))

    def test_who_reads_nothing_stops_the_process(self):
        streams, errors, control = self.relay("sh", "-c", "head -c 10000000 /dev/zero && echo written >&2; cat")
        taken = 0
        while taken < 1 << 16:
            taken += len(self.w.item(streams))
        self.assertEqual(0, self.w.status()["numexecuting"])
        self.assertLess(taken, 1 << 18)
        self.w.send(control, 9)
        self.assertEqual(137, self.w.item(control))
        self.assertEqual(b"", self.all_of(errors))

    def test_a_command_that_is_not_there(self):
        streams, errors, control = self.relay("/no/such/command")
        self.assertIn("FileNotFoundError", self.w.closed(streams))
        self.assertIsNone(self.w.closed(errors))
        self.assertIsNone(self.w.closed(control))


if __name__ == "__main__":
    unittest.main()
