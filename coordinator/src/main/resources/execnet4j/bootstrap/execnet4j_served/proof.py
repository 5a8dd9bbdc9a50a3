"""Both ends of a connection show that they have the token, as the class Handshake of the JVM has it."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import socket
import stat
import sys
import time

PATIENCE = 10.0
MAX_LINE = 200
VERSION = "1"
VARIABLE = "EXECNET4J_TOKEN"
FILE_VARIABLE = "EXECNET4J_TOKEN_FILE"
UNUSABLE_STATUS = 78  # EX_CONFIG of sysexits.h
PROBES = ("TCP_KEEPIDLE", 6), ("TCP_KEEPALIVE", 6), ("TCP_KEEPINTVL", 3), ("TCP_KEEPCNT", 3)


class Refused(Exception):
    """The message is for users."""


def complaint(text: str) -> int:
    """Shows it; the result is the exit status that goes with it."""
    print(f"execnet4j: {text}", file=sys.stderr)
    return UNUSABLE_STATUS


def token_of(text: str) -> bytes:
    token = text.strip()
    if not 16 <= len(token) <= 1024:
        raise Refused("a token has 16 to 1024 characters; 'openssl rand -hex 32' makes one")
    return token.encode()


def token_of_environment() -> bytes:
    given, file = os.environ.get(VARIABLE), os.environ.get(FILE_VARIABLE)
    if given is not None:
        return token_of(given)
    if file is None:
        raise Refused(
            f"a token is wanted: put it into the environment as {VARIABLE}, or the name of its file as {FILE_VARIABLE}"
        )
    with open(file, encoding="utf-8") as content:
        if os.fstat(content.fileno()).st_mode & (stat.S_IRGRP | stat.S_IROTH):
            raise Refused(f"others may read the token in {file}; 'chmod 600' the file")
        return token_of(content.read(4096))


class Handshake:
    """The first three lines of a connection. It has to be over when the patience is."""

    def __init__(self, connection: socket.socket, token: bytes, service: str, certificate: str) -> None:
        self._connection = connection
        self._token = token
        self._service = service
        self._certificate = certificate
        self._end = time.monotonic() + PATIENCE

    def as_client(self) -> None:
        greeting = self._line()
        parts = re.fullmatch(r"execnet4j-(\w+) (\d+) [0-9a-f]{32}", greeting)
        if parts is None:
            raise Refused("what listens there is no coordinator of execnet4j")
        if parts.groups() != (self._service, VERSION):
            raise Refused(
                f"what listens there is for '{parts[1]}', version {parts[2]}, and '{self._service}', version {VERSION},"
                " is wanted"
            )
        nonce = os.urandom(16).hex()
        self._say(f"{nonce} {self._proof('client', greeting, nonce)}")
        answer = self._line()
        if answer == "refused":
            raise Refused("the coordinator has another token")
        # As bytes: of texts it compares none but those in ASCII.
        if not hmac.compare_digest(answer.encode(), f"welcome {self._proof('server', greeting, nonce)}".encode()):
            raise Refused("what listens there does not know the token; nothing but a proof was sent to it")

    def as_server(self) -> None:
        greeting = f"execnet4j-{self._service} {VERSION} {os.urandom(16).hex()}"
        self._say(greeting)
        answer = re.fullmatch(r"([0-9a-f]{32}) ([0-9a-f]{64})", self._line())
        if answer is None:
            raise Refused("it does not speak execnet4j's protocol")
        if not hmac.compare_digest(answer[2], self._proof("client", greeting, answer[1])):
            self._say("refused")
            raise Refused("it has another token")
        self._say(f"welcome {self._proof('server', greeting, answer[1])}")

    def _proof(self, role: str, greeting: str, nonce: str) -> str:
        said = "".join(f"{each}\n" for each in (role, greeting, nonce, self._certificate))
        return hmac.new(self._token, said.encode("ascii"), hashlib.sha256).hexdigest()

    def _say(self, line: str) -> None:
        self._connection.sendall(f"{line}\n".encode("ascii"))

    def _line(self) -> str:
        """One byte at a time: what follows the line is not ours to read ahead."""
        line = b""
        while not line.endswith(b"\n"):
            self._connection.settimeout(max(self._end - time.monotonic(), 0.001))
            try:
                piece = self._connection.recv(1)
            except socket.timeout:  # no TimeoutError before 3.10
                raise Refused(f"its first words did not come within {PATIENCE:g} seconds") from None
            if not piece:
                raise Refused("the connection was closed before its first words were said")
            line += piece
            if len(line) > MAX_LINE:
                raise Refused(f"a first line has no end within {MAX_LINE} bytes")
        return line[:-1].decode("ascii", "replace")


def keep_alive(connection: socket.socket) -> None:
    """Has the system notice a peer that has gone silent within 15 seconds, where it lets us choose."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in PROBES:
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
