"""Gives a shell to the one coordinator that comes with the token, which is the first line of the input; the port is the
first of the output. On loopback alone."""

from __future__ import annotations

import queue
import socket
import sys
import threading

from execnet4j_served.proof import Handshake, Refused, complaint, keep_alive, token_of
from execnet4j_served.session import Session

MOST_STRANGERS = 128
AFTER_FAILURE = 0.1


class Strangers:
    """Who has not proved himself yet, and who has been there longest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connections: list[socket.socket] = []

    def add(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.append(connection)
            if len(self._connections) > MOST_STRANGERS:
                self._send_one_away()

    def make_room(self) -> None:
        with self._lock:
            if self._connections:
                self._send_one_away()

    def _send_one_away(self) -> None:
        try:
            self._connections.pop(0).shutdown(socket.SHUT_RDWR)  # who waits for it closes it
        except OSError:
            pass

    def forget(self, connection: socket.socket) -> bool:
        """False if it was sent away."""
        with self._lock:
            if connection not in self._connections:
                return False
            self._connections.remove(connection)
            return True


def first_with(token: bytes, server: socket.socket) -> socket.socket:
    """Nobody waits for another who does not prove himself. Closes the server."""
    proved: queue.SimpleQueue[socket.socket] = queue.SimpleQueue()
    strangers = Strangers()
    won = threading.Lock()

    def hear(connection: socket.socket, peer: object) -> None:
        try:
            keep_alive(connection)
            Handshake(connection, token, "serve", "").as_server()
            if not strangers.forget(connection):
                raise Refused(f"more than {MOST_STRANGERS} that had not proved themselves were there")
            if not won.acquire(blocking=False):
                raise Refused("another was first")
            proved.put(connection)
        except (Refused, OSError) as e:
            strangers.forget(connection)
            connection.close()
            complaint(f"refused {peer}: {e}")

    def admit() -> None:
        pause = threading.Event()
        while server.fileno() >= 0:
            try:
                connection, peer = server.accept()
                strangers.add(connection)
                threading.Thread(target=hear, args=(connection, peer), daemon=True).start()
            except (OSError, RuntimeError):  # it is closed; or there are too few descriptors, or threads
                strangers.make_room()
                pause.wait(AFTER_FAILURE)

    threading.Thread(target=admit, daemon=True).start()
    first = proved.get()
    try:
        server.shutdown(socket.SHUT_RDWR)  # or it goes on as long as somebody waits in accept
    except OSError:  # not everywhere is that for a server
        pass
    server.close()
    return first


def main(_arguments: list[str]) -> None:
    """Does not return."""
    try:
        token = token_of(sys.stdin.readline())
        server = socket.create_server(("127.0.0.1", 0))
        print(server.getsockname()[1], flush=True)
        status = Session(first_with(token, server)).run(["/bin/sh"])
    except (Refused, OSError) as e:
        status = complaint(str(e))
    sys.exit(status)
