"""What serves one process, in this one."""

import os
import socket
import time
import unittest
from unittest import mock

from support import WAIT
from execnet4j_served import child, session


class SessionTest(unittest.TestCase):
    def test_nothing_is_taken_while_the_client_does_not_read(self):
        ours, theirs = socket.socketpair()
        source, sink = os.pipe()
        with ours, theirs, open(source, "rb"), open(sink, "wb", buffering=0) as stdin:
            served = session.Session(ours)
            served._stdin = stdin
            served._input += b"x"
            served.send(session.OUTPUT, bytes(session.MOST_UNSENT))
            served._feed()
            self.assertEqual(b"x", served._input)

    def test_what_cannot_be_killed_is_not_tried_all_the_time(self):
        ours, theirs = socket.socketpair()
        woken, wake = os.pipe()
        streams = [open(each, mode, buffering=0)
                   for pair in (os.pipe(), os.pipe(), os.pipe()) for each, mode in zip(pair, ("rb", "wb"))]
        for each in (ours, theirs, open(woken, "rb"), open(wake, "wb"), *streams):
            self.addCleanup(each.close)
        kills = []

        def kill():
            kills.append(time.monotonic())
            if len(kills) == 3:
                raise EOFError

        stuck = mock.Mock(kill=kill, **{"streams.return_value": (streams[1], streams[2], streams[4]),
                                        "status.return_value": None})
        served = session.Session(ours)
        served._woken = woken
        theirs.sendall(session.HEAD.pack(session.INPUT, 0))
        theirs.close()
        with mock.patch.object(session, "AFTER_CLIENT", 0), mock.patch.object(session, "FOR_KILL", 0.2), \
                self.assertRaises(EOFError):
            served._serve(stuck)
        self.assertGreaterEqual(kills[2] - kills[0], 0.4)


class ChildTest(unittest.TestCase):
    def begin(self, program):
        started = child.Child(["/bin/sh", "-c", program])
        self.addCleanup(started._process.wait)
        self.addCleanup(started.kill)
        for each in started.streams():
            self.addCleanup(each.close)
        return started, started.streams()[1]

    def test_a_shell_clears_up_after_a_worker_that_was_killed(self):
        shell, output = self.begin("setsid sh -c 'echo up; exec sleep 1000'; echo cleared $?")
        self.assertEqual(b"up\n", output.readline())
        shell.kill()
        self.assertEqual(b"cleared 137\n", output.readline())
        self.assertEqual(0, shell.status())

    def test_a_shell_that_goes_on_is_killed_too(self):
        shell, output = self.begin("setsid sh -c 'echo up; exec sleep 1000'; exec sleep 1000")
        self.assertEqual(b"up\n", output.readline())
        shell.kill()
        self.assertEqual(b"", output.readline())
        shell._process.wait(WAIT)
        self.assertEqual(137, shell.status())


if __name__ == "__main__":
    unittest.main()
