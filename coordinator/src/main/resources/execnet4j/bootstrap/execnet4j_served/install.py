"""Gives a shell to the one coordinator that comes with the token, which is the first line of the input; the port is the
first of the output. On loopback alone."""

from __future__ import annotations

import queue
import socket
import sys
import threading

from execnet4j_served.proof import Handshake, Refused, keep_alive, token_of
from execnet4j_served.session import Session

MOST_STRANGERS = 128


def first_with(token: bytes, server: socket.socket) -> socket.socket:
    """Nobody waits for another who does not prove himself."""
    proved: queue.SimpleQueue[socket.socket] = queue.SimpleQueue()
    room = threading.BoundedSemaphore(MOST_STRANGERS)

    def hear(connection: socket.socket, peer: object) -> None:
        try:
            keep_alive(connection)
            Handshake(connection, token, "serve", "").as_server()
            proved.put(connection)
        except (Refused, OSError) as e:
            connection.close()
            print(f"execnet4j: refused {peer}: {e}", file=sys.stderr)
        finally:
            room.release()

    def admit() -> None:
        while True:
            room.acquire()
            threading.Thread(target=hear, args=server.accept(), daemon=True).start()

    threading.Thread(target=admit, daemon=True).start()
    return proved.get()


def main(_arguments: list[str]) -> None:
    """Does not return."""
    token = token_of(sys.stdin.readline())
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    sys.exit(Session(first_with(token, server)).run(["/bin/sh"]))
