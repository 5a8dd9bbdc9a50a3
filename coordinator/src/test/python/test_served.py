"""What serves one process, in this one."""

import os
import socket
import unittest

import support  # noqa: F401: it has the package imported from its place
from execnet4j_served import session


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


if __name__ == "__main__":
    unittest.main()
