"""A process that the coordinator has started here, to reach another worker through this one."""

from __future__ import annotations

import os
import signal
import subprocess
import threading

from execnet4j_worker.family import FOR_ITS_LAST_WORDS, kill_family, kill_sessions_below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from execnet4j_worker.channel import Channel

# What a pipe holds.
CHUNK = 1 << 16
END = b""
# What was written before may be read after the end; a process that was left behind can hold the streams open.
READ_OUT = 1.0


def relay(channel: Channel) -> None:
    """The first item is a tuple of the command's words and two more channels. From then on this channel carries
    standard input and output, bytes an item, and an empty item is the end. The first of the two has the standard error.
    An item on the second has the process killed; what comes back on it is the exit status. Its input ends with the
    connection, and all of its session with it."""
    command, errors, control = channel.receive()
    try:
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0)
        try:
            _serve(process, channel, errors, control)
        finally:
            if process.poll() is None:
                _kill(process)
    finally:
        errors.close()
        control.close()


def _serve(process: subprocess.Popen[bytes], channel: Channel, errors: Channel, control: Channel) -> None:
    control.setcallback(lambda _: _kill(process))
    channel.setcallback(_Input(process.stdin), END)
    pumps = [
        threading.Thread(target=_carry, args=(process.stdout, channel, True), name="execnet4j-relay", daemon=True),
        threading.Thread(target=_carry, args=(process.stderr, errors, False), name="execnet4j-relay", daemon=True),
    ]
    for pump in pumps:
        pump.start()
    status = process.wait()
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except OSError:  # it has left nothing, or led no group
        pass
    # As a shell has it, and the JVM.
    _send(control, status if status >= 0 else 128 - status)
    for pump in pumps:
        pump.join(READ_OUT)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Sessions that were begun below it go first: a shell then tells how that ended, and clears up."""
    if process.poll() is None and kill_sessions_below(process.pid):
        try:
            process.wait(FOR_ITS_LAST_WORDS)
        except subprocess.TimeoutExpired:
            pass
    if process.poll() is None:
        # It is not to find its children gone, and say so.
        process.send_signal(signal.SIGSTOP)
        kill_family(process.pid, True)
        process.kill()


def _send(channel: Channel, item: object) -> None:
    try:
        channel.send(item)
    except (EOFError, OSError):  # nobody is there to be told
        pass


def _carry(stream: Any, channel: Channel, tells_end: bool) -> None:
    """Sends what comes, no faster than it is received."""
    with stream:
        try:
            piece = stream.read(CHUNK)
            while piece:
                channel.send(piece)
                piece = stream.read(CHUNK)
        except (EOFError, OSError):  # whoever writes or reads is gone
            pass
    if tells_end:
        _send(channel, END)
    else:
        channel.close()


class _Input:
    """Writes to the process. One that reads nothing stops its sender: what it has not taken is not received."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __call__(self, piece: bytes) -> None:
        if self._stream.closed:
            return
        try:
            rest = memoryview(piece)
            while rest:
                rest = rest[self._stream.write(rest):]
            if not piece:
                self._stream.close()
        except OSError:  # it has ended, and that is told in another way
            self._stream.close()
