"""The program that gives a shell, against strangers and a coordinator that are written out here."""

import errno
import socket
import subprocess
import sys
import threading
import unittest

from support import WAIT
from served_peer import START, TOKEN, Parts
from execnet4j_served import install, session
from execnet4j_served.proof import Handshake

INSTALL = START + "install.main([])"


class Scarce(socket.socket):
    """For its first clients there is no descriptor left."""

    failures = 3

    def accept(self):
        if self.failures:
            self.failures -= 1
            raise OSError(errno.EMFILE, "too many open files")
        return super().accept()


class InstallTest(unittest.TestCase):
    def begin(self, program=INSTALL):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, stderr=pipe)
        for each in (*(stream.close for stream in (self.process.stdin, self.process.stdout, self.process.stderr)),
                     self.process.wait, self.process.kill):
            self.addCleanup(each)
        self.process.stdin.write(f"{TOKEN}\n".encode())
        self.process.stdin.flush()
        self.port = int(self.process.stdout.readline())

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), WAIT)
        self.addCleanup(connection.close)
        return connection

    def prove(self, connection):
        Handshake(connection, TOKEN.encode(), "serve", "").as_client()
        connection.settimeout(WAIT)
        return Parts(connection)

    def test_who_has_the_token_gets_a_shell_and_the_door_is_shut(self):
        self.begin()
        self.connect()  # and says nothing
        late = self.connect()
        parts = self.prove(self.connect())
        parts.send(session.INPUT, b"echo $((6*7)); exit 5\n")
        self.assertEqual(b"42\n", parts.of(session.OUTPUT))
        with self.assertRaises(ConnectionError):
            self.connect()
        with self.assertRaises((EOFError, ConnectionError)):
            self.prove(late).next()
        self.assertEqual(session.NUMBER.pack(5), parts.of(session.EXIT))
        parts.connection.close()
        self.assertEqual(5, self.process.wait(WAIT))

    def test_who_keeps_silent_keeps_nobody_out(self):
        self.begin()
        silent = [self.connect() for _ in range(install.MOST_STRANGERS + 1)]
        silent[0].settimeout(WAIT / 4)  # less than a stranger's patience
        while silent[0].recv(100):
            pass
        self.prove(self.connect())

    def test_a_lack_of_descriptors_does_not_shut_the_door(self):
        server = Scarce()
        self.addCleanup(server.close)
        server.bind(("127.0.0.1", 0))
        server.listen()
        self.port = server.getsockname()[1]
        first = []
        waiting = threading.Thread(target=lambda: first.append(install.first_with(TOKEN.encode(), server)), daemon=True)
        waiting.start()
        self.prove(self.connect())
        waiting.join(WAIT)
        self.addCleanup(first[0].close)
        self.assertEqual(-1, server.fileno())

    def test_a_token_that_is_none(self):
        done = subprocess.run([sys.executable, "-c", INSTALL], input=b"short\n", stderr=subprocess.PIPE)
        self.assertEqual((78, 1), (done.returncode, done.stderr.count(b"\n")), done.stderr)


if __name__ == "__main__":
    unittest.main()
