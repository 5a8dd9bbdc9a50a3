"""A process that leads a session of its own, with whatever it starts; as the class ServedProcess of the JVM has it."""

from __future__ import annotations

import os
import signal
import subprocess

from execnet4j_worker.family import FOR_ITS_LAST_WORDS, kill_family, kill_sessions_below
from execnet4j_served.proof import FILE_VARIABLE, VARIABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Sequence


class Child:
    """Running, without the token in its environment."""

    def __init__(self, command: Sequence[str]) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in (VARIABLE, FILE_VARIABLE)}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, start_new_session=True, env=environment
        )
        self._cleared = False

    def streams(self) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
        process = self._process
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        return process.stdin, process.stdout, process.stderr

    def status(self) -> int | None:
        """As a shell has it, and the JVM, if it has ended; what is left of its session has ended then, too."""
        status = self._process.poll()
        if status is None:
            return None
        if not self._cleared:
            self._cleared = True
            kill_family(self._process.pid, True)
        return status if status >= 0 else 128 - status

    def kill(self) -> None:
        """Sessions that were begun below it go first: a shell then tells how that ended, and clears up."""
        if self.status() is None and kill_sessions_below(self._process.pid):
            try:
                self._process.wait(FOR_ITS_LAST_WORDS)
            except subprocess.TimeoutExpired:
                pass
        if self.status() is None:
            # It is not to find its children gone, and say so.
            self._process.send_signal(signal.SIGSTOP)
            kill_family(self._process.pid, True)
            self._process.kill()
