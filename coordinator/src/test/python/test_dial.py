"""The program that goes to a coordinator, against one that is written out here."""

import os
import signal
import socket
import ssl
import struct
import subprocess
import sys
import unittest
from unittest import mock

from support import WAIT, ends, lives
from served_peer import START, TOKEN, Parts
from execnet4j_served import dial, session
from execnet4j_served.proof import Handshake, Refused

RUN = "dial.main(sys.argv[1:])"
DIAL = START + RUN
BACKWARDS = "import os, sys\\nfor line in sys.stdin: os.write(1, line.strip()[::-1].encode())\\nsys.exit(3)"
ECHO = f"compile('{BACKWARDS}', '', 'exec')\n".encode()
LEAVING = b"compile(\"import os, subprocess as s\\n" \
    b"print(s.Popen(['sleep', '1000'], stdin=-3, stdout=-3, stderr=-3).pid, flush=True)\\nos._exit(0)\", '', 'exec')\n"
STOPPED = b"compile(\"import os\\nprint(os.getpid(), flush=True)\\nos.kill(os.getpid(), 19)\", '', 'exec')\n"


class DialTest(unittest.TestCase):
    def setUp(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.server.close)

    def come(self, token=TOKEN, program=DIAL, pin=()):
        environment = {**os.environ, "EXECNET4J_TOKEN": token}
        command = [sys.executable, "-c", program, "127.0.0.1", str(self.server.getsockname()[1]), *pin]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        connection = self.server.accept()[0]
        self.addCleanup(connection.close)
        return process, connection

    def claim(self, **how):
        process, connection = self.come(**how)
        Handshake(connection, TOKEN.encode(), "listen", "").as_server()
        connection.settimeout(WAIT)
        parts = Parts(connection)
        self.assertEqual((session.WORKER, b"python"), parts.next())
        return process, parts

    def test_streams_and_status_travel_in_parts(self):
        process, parts = self.claim()
        parts.send(session.INPUT, ECHO + b"abc\n")
        self.assertEqual(b"cba", parts.of(session.OUTPUT))
        parts.send(session.INPUT_END)
        self.assertEqual(session.NUMBER.pack(3), parts.of(session.EXIT))
        parts.connection.close()
        self.assertEqual(3, process.wait(WAIT))

    def test_what_is_stopped_is_killed(self):
        process, parts = self.claim()
        parts.send(session.INPUT, STOPPED)
        stopped = int(parts.of(session.OUTPUT))
        parts.send(session.KILL)
        self.assertEqual(session.NUMBER.pack(128 + signal.SIGKILL), parts.of(session.EXIT))
        parts.connection.close()
        self.assertEqual(128 + signal.SIGKILL, process.wait(WAIT))
        self.assertFalse(lives(stopped))

    def test_a_coordinator_with_another_token_is_left(self):
        process, connection = self.come("another token, as long")
        with self.assertRaisesRegex(Refused, "another token"):
            Handshake(connection, TOKEN.encode(), "listen", "").as_server()
        self.assertEqual(78, process.wait(WAIT))
        self.assertIn(b"the coordinator has another token", process.stderr.read())

    def test_a_coordinator_that_lies_gets_no_worker(self):
        for welcome in b"welcome " + b"0" * 64, "willk\u00f6mmen".encode():
            process, connection = self.come()
            connection.settimeout(WAIT)
            connection.sendall(b"execnet4j-listen 1 " + b"0" * 32 + b"\n")
            with connection.makefile("rb") as said:
                self.assertRegex(said.readline(), b"^[0-9a-f]{32} [0-9a-f]{64}\n$")
                connection.sendall(welcome + b"\n")
                self.assertEqual(b"", said.read())
            self.assertEqual(78, process.wait(WAIT))
            self.assertIn(b"does not know the token", process.stderr.read())

    def test_a_coordinator_that_breaks_the_rules_is_left(self):
        for content, why in (
            (session.HEAD.pack(99, 0), b"a part of kind 99"),
            (session.HEAD.pack(session.OUTPUT, 0), b"a part of kind 16"),
            (session.HEAD.pack(session.INPUT, session.MAX_BYTES + 1), b"a part of 65537 bytes"),
            (session.HEAD.pack(session.INPUT, -1), b"a part of -1 bytes"),
        ):
            process, parts = self.claim()
            parts.connection.sendall(content)
            self.assertEqual(78, process.wait(WAIT))
            self.assertIn(why, process.stderr.read())

    def test_what_the_worker_has_not_taken_is_not_kept_without_end(self):
        process, parts = self.claim()
        parts.send(session.INPUT, STOPPED)
        stopped = int(parts.of(session.OUTPUT))
        with self.assertRaises((EOFError, ConnectionError)):
            for _ in range(4 * session.WINDOW // session.MAX_BYTES):
                parts.send(session.INPUT, bytes(session.MAX_BYTES))
            while True:
                parts.next()
        self.assertEqual(78, process.wait(WAIT))
        self.assertIn(b"too much ahead", process.stderr.read())
        self.assertTrue(ends(stopped))

    def test_a_coordinator_that_says_nothing(self):
        process, _ = self.come(program=START + "proof.PATIENCE = 0.2\n" + RUN)
        self.assertEqual(78, process.wait(WAIT))
        self.assertIn(b"first words did not come within 0.2 seconds", process.stderr.read())

    def test_a_coordinator_that_speaks_slowly(self):
        process, connection = self.come(program=START + "dial.TO_CONNECT = 1.0\n" + RUN, pin=["sha256:" + "0" * 64])
        connection.sendall(b"\x16\x03\x03\x20")  # the begin of a TLS record
        self.assertEqual(78, process.wait(WAIT / 4))
        self.assertIn(b"did not prove itself within 1 seconds", process.stderr.read())

    def test_a_worker_that_nobody_claims_ends(self):
        process, parts = self.claim(program=START + "dial.Session = lambda it: session.Session(it, 0.2)\n" + RUN)
        self.assertEqual(78, process.wait(WAIT))
        self.assertIn(b"did not want this worker within 0.2 seconds", process.stderr.read())

    def test_a_coordinator_that_breaks_off_before_it_said_a_word(self):
        process, parts = self.claim()
        parts.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        parts.connection.close()
        self.assertEqual(78, process.wait(WAIT))
        self.assertIn(b"before it said a word", process.stderr.read())

    def test_what_a_worker_leaves_in_its_session_ends_with_it(self):
        process, parts = self.claim()
        parts.send(session.INPUT, LEAVING)
        left = int(parts.of(session.OUTPUT))
        self.assertEqual(session.NUMBER.pack(0), parts.of(session.EXIT))
        self.assertTrue(ends(left))

    def test_another_signal_does_not_break_off_the_end(self):
        again = "def again(*how): [os.kill(os.getpid(), each) for each in dial.STOPS]; kill(*how)\n"
        process, parts = self.claim(program=START + "import os\nkill = child.kill_family\n" + again
                                    + "child.kill_family = again\n" + RUN)
        parts.send(session.INPUT, STOPPED)
        stopped = int(parts.of(session.OUTPUT))
        process.send_signal(signal.SIGTERM)
        self.assertEqual(128 + signal.SIGTERM, process.wait(WAIT))
        self.assertTrue(ends(stopped))

    def test_who_is_not_to_hear_that_the_terminal_is_gone_does_not(self):
        process, parts = self.claim(program="import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + DIAL)
        process.send_signal(signal.SIGHUP)
        parts.send(session.INPUT, ECHO + b"abc\n")
        self.assertEqual(b"cba", parts.of(session.OUTPUT))

    def test_who_is_not_wanted_ends(self):
        process, parts = self.claim()
        parts.connection.close()
        self.assertEqual(78, process.wait(WAIT))
        self.assertIn(b"before it said a word", process.stderr.read())

    def test_a_worker_that_ends_before_it_is_wanted_is_told_at_once(self):
        process, parts = self.claim(program=START + "dial.PROGRAM = 'import os; os._exit(7)'\n" + RUN)
        self.assertEqual(session.NUMBER.pack(7), parts.of(session.EXIT))
        self.assertEqual(78, process.wait(WAIT))
        self.assertIn(b"ended with status 7 before", process.stderr.read())


class UsageTest(unittest.TestCase):
    def complaint(self, *arguments):
        environment = {**os.environ, "EXECNET4J_TOKEN": TOKEN}
        done = subprocess.run([sys.executable, "-c", DIAL, *arguments], stderr=subprocess.PIPE, env=environment)
        self.assertEqual((78, 1), (done.returncode, done.stderr.count(b"\n")), done.stderr)
        return done.stderr

    def test_a_port_that_is_none(self):
        for port in "70000", "0", "x", "\u00b2":
            self.assertIn(b"the arguments are", self.complaint("127.0.0.1", port))

    def test_a_name_that_can_be_none(self):
        self.assertIn(b"the coordinator at " + b"x" * 64, self.complaint("x" * 64 + ".example", "1"))

    def test_a_tls_that_is_too_old(self):
        with mock.patch.object(ssl, "HAS_TLSv1_3", False), self.assertRaisesRegex(Refused, "TLS 1.3"):
            dial.connect("127.0.0.1", 1, "sha256:" + "0" * 64)


if __name__ == "__main__":
    unittest.main()
