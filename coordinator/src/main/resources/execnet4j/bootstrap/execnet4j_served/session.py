"""One process served: its streams travel in parts, as the class PartKind of the JVM has them."""

from __future__ import annotations

import os
import select
import signal
import socket
import ssl
import struct
import time

from execnet4j_served.child import Child
from execnet4j_served.proof import Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Sequence

INPUT, INPUT_END, KILL = 1, 2, 3
OUTPUT, OUTPUT_END, ERRORS, TAKEN, EXIT, WORKER = 16, 17, 18, 19, 20, 21
HEAD = struct.Struct("!bi")
NUMBER = struct.Struct("!i")
MAX_BYTES = 1 << 16
WINDOW = 1 << 20
# What is not sent yet; of more the process has to wait.
MOST_UNSENT = 4 * MAX_BYTES

TO_SAY_A_WORD = 60.0
# All of a worker's own ladder, see the class ServedSession of the JVM.
AFTER_CLIENT = 22.0
FOR_LAST_OUTPUT = 1.0
FOR_FAREWELL = 30.0
FOR_KILL = 1.0
NOT_NOW = BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError


class Session:
    """For the main thread, which does all of it: a TLS connection is for one thread."""

    def __init__(self, connection: socket.socket, to_say_a_word: float = TO_SAY_A_WORD) -> None:
        connection.setblocking(False)
        self._connection = connection
        self._to_say_a_word = to_say_a_word
        self._unsent = bytearray()
        self._received = bytearray()
        self._input = bytearray()
        self._input_ended = False
        self._client_gone = False
        self._heard = False

    def send(self, kind: int, content: bytes = b"") -> None:
        if not self._client_gone:
            self._unsent += HEAD.pack(kind, len(content)) + content

    def run(self, command: Sequence[str]) -> int:
        """Serves the client until it and the process are gone; the result is the exit status."""
        self._woken, wake = os.pipe()
        for each in self._woken, wake:
            os.set_blocking(each, False)
        signal.set_wakeup_fd(wake)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        child = Child(command)
        try:
            return self._serve(child)
        finally:
            child.kill()

    def _serve(self, child: Child) -> int:
        self._child = child
        self._stdin, stdout, stderr = child.streams()
        os.set_blocking(self._stdin.fileno(), False)
        outputs = {stdout.fileno(): (stdout, OUTPUT), stderr.fileno(): (stderr, ERRORS)}
        end = time.monotonic() + self._to_say_a_word
        waits_for_word, waits_for_exit, told = True, False, False
        while True:
            if waits_for_word and self._heard:
                waits_for_word, end = False, float("inf")
            if self._client_gone and not waits_for_exit:
                waits_for_exit, end = True, time.monotonic() + AFTER_CLIENT
            status = child.status()
            if status is not None and self._client_gone:
                return status
            if status is not None and not told and not waits_for_exit:
                waits_for_exit, end = True, time.monotonic() + FOR_LAST_OUTPUT
            if status is not None and not told and (not outputs or time.monotonic() >= end):
                self.send(EXIT, NUMBER.pack(status))
                told, end = True, time.monotonic() + FOR_FAREWELL
                self._flush()
            if told and not self._heard and not self._unsent:
                raise Refused(f"the process for it ended with status {status} before it said a word")
            if time.monotonic() >= end:
                if not self._heard:
                    raise Refused(f"the coordinator did not want this worker within {self._to_say_a_word:g} seconds")
                if status is None:
                    child.kill()
                    end = time.monotonic() + FOR_KILL
                self._leave()
            self._step(outputs, end)

    def _step(self, outputs: dict[int, tuple[IO[bytes], int]], end: float) -> None:
        """Waits until something can be done, and does it."""
        ready = select.poll()
        ready.register(self._woken, select.POLLIN)
        if not self._client_gone:
            ready.register(self._connection, select.POLLIN | (select.POLLOUT if self._unsent else 0))
        if len(self._unsent) < MOST_UNSENT:
            if not self._stdin.closed and self._input:
                ready.register(self._stdin, select.POLLOUT)
            for each in outputs:
                ready.register(each, select.POLLIN)
        left = end - time.monotonic()
        for descriptor, _ in ready.poll(None if left == float("inf") else max(left, 0) * 1000 + 1):
            if descriptor == self._woken:
                os.read(self._woken, 4096)
            elif descriptor in outputs:
                self._carry(descriptor, outputs)
            elif descriptor == self._connection.fileno():
                self._hear()
        self._feed()
        self._flush()

    def _carry(self, descriptor: int, outputs: dict[int, tuple[IO[bytes], int]]) -> None:
        stream, kind = outputs[descriptor]
        piece = os.read(descriptor, MAX_BYTES)
        if piece:
            self.send(kind, piece)
            return
        del outputs[descriptor]
        stream.close()
        if kind == OUTPUT:
            self.send(OUTPUT_END)

    def _hear(self) -> None:
        try:
            while not self._client_gone:
                piece = self._connection.recv(MAX_BYTES)
                if not piece:
                    self._leave()
                    return
                self._received += piece
                self._obey()
        except NOT_NOW:
            pass
        except OSError:
            self._leave()

    def _obey(self) -> None:
        while len(self._received) >= HEAD.size:
            kind, length = HEAD.unpack_from(self._received)
            if not 0 <= length <= MAX_BYTES:
                raise Refused(f"the coordinator announced a part of {length} bytes")
            if len(self._received) < HEAD.size + length:
                return
            content = self._received[HEAD.size:HEAD.size + length]
            del self._received[:HEAD.size + length]
            self._heard = True
            if kind == INPUT and length <= WINDOW - len(self._input):
                if not self._input_ended:
                    self._input += content
            elif kind == INPUT_END:
                self._input_ended = True
            elif kind == KILL:
                self._child.kill()
            else:
                raise Refused(f"the coordinator sent a part of kind {kind}, or too much ahead")

    def _feed(self) -> None:
        """What the process does not take now waits, and all while the client does not read."""
        if self._stdin.closed:
            return
        try:
            wanted = self._input and len(self._unsent) < MOST_UNSENT
            taken = os.write(self._stdin.fileno(), bytes(self._input[:MAX_BYTES])) if wanted else 0
            del self._input[:taken]
            if taken:
                self.send(TAKEN, NUMBER.pack(taken))
            if self._input_ended and not self._input:
                self._stdin.close()
        except BlockingIOError:
            pass
        except OSError:  # it has ended, and that is told in another way
            self._stdin.close()

    def _flush(self) -> None:
        try:
            while self._unsent:
                del self._unsent[:self._connection.send(bytes(self._unsent[:MAX_BYTES]))]
        except NOT_NOW:
            pass
        except OSError:
            self._leave()

    def _leave(self) -> None:
        if not self._heard:
            raise Refused("the coordinator closed the connection before it said a word")
        self._client_gone = self._input_ended = True
        self._unsent.clear()
        self._connection.close()
