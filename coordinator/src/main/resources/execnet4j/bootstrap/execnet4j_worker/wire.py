"""What frames travel on: two pipes, or a socket where the coordinator can be met."""

from __future__ import annotations

import _socket  # what the module socket stands on, which is slow to import
import os
import select


class Pipes:
    """Who reads asks first whether anything is there; who writes may have to wait."""

    writes_at_once = False
    heard = False  # whether anything has come, be it part of a frame

    def __init__(self, source: int, target: int) -> None:
        self.source = source
        self._target = target

    def read(self, size: int) -> bytes | None:
        """What has come, None for nothing yet, no bytes at the end."""
        self.heard = True
        return os.read(self.source, size)

    def read_into(self, room: memoryview) -> int | None:
        """How much has come, None for nothing yet, 0 at the end."""
        self.heard = True
        piece = os.read(self.source, len(room))  # PyPy has no readv
        room[:len(piece)] = piece
        return len(piece)

    def write(self, content: bytes | bytearray) -> None:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._target, rest):]

    def write_now(self, _content: bytes) -> int:
        """Writes what there is room for; the result is how much that was."""
        return 0

    def close_output(self) -> None:
        os.close(self._target)

    def leave_in_watcher(self) -> None:
        """In the process that only watches for the end of the input: the output's end must be seen without it."""
        os.close(self._target)

    def close(self) -> None:
        os.close(self._target)
        os.close(self.source)


class Socket:
    """Neither reading nor writing waits, but where all has to be written."""

    writes_at_once = True
    heard = False

    def __init__(self, path: str) -> None:
        self._socket = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        self._socket.connect(path)
        self._socket.setblocking(False)
        self.source = self._socket.fileno()
        self._room = select.poll()
        self._room.register(self.source, select.POLLOUT)

    @staticmethod
    def met_at(path: str | None) -> Socket | None:
        """None where the coordinator cannot be met: another user's, one outside of this container."""
        try:
            return None if path is None else Socket(path)
        except (OSError, ValueError):
            return None

    def read(self, size: int) -> bytes | None:
        try:
            content = self._socket.recv(size)
            self.heard = True
            return content
        except BlockingIOError:
            return None
        except ConnectionResetError:  # the coordinator has ended without having read all: that is the end
            return b""

    def read_into(self, room: memoryview) -> int | None:
        try:
            came = self._socket.recv_into(room)
            self.heard = True
            return came
        except BlockingIOError:
            return None
        except ConnectionResetError:
            return 0

    def write(self, content: bytes | bytearray) -> None:
        rest = memoryview(content)
        while rest:
            try:
                rest = rest[self._socket.send(rest):]
            except BlockingIOError:
                self._room.poll()

    def write_now(self, content: bytes) -> int:
        try:
            return self._socket.send(content)
        except BlockingIOError:
            return 0

    def close_output(self) -> None:
        self._socket.shutdown(_socket.SHUT_WR)

    def leave_in_watcher(self) -> None:
        """Of a socket the watcher has all, and closes it when the worker ends."""

    def close(self) -> None:
        self._socket.close()
