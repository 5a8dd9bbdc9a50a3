"""The worker's end of a gateway, as tasks see it."""

from __future__ import annotations

import os
import sys

from execnet4j_worker.texts import harmless

TYPE_CHECKING = False
if TYPE_CHECKING:
    from execnet4j_worker.channel import Channel
    from execnet4j_worker.connection import Connection


class Gateway:
    """The worker's end of a gateway, as tasks see it."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self.id = name

    def newchannel(self) -> Channel:
        """A new open channel, to be sent to the other side in a value."""
        return self._connection.new_channel()

    def info(self) -> dict[str, object]:
        """Facts about this process, as of now."""
        try:
            cwd = os.getcwd()
        except OSError:  # it was removed
            cwd = ""
        system = os.uname()
        return {
            "pid": os.getpid(),
            "version": "%d.%d.%d" % sys.version_info[:3],
            "release": 0,
            "executable": harmless(sys.executable or ""),
            "platform": f"{system.sysname} {system.machine}",
            "cwd": harmless(cwd),
        }

    def __repr__(self) -> str:
        return f"<Worker {self.id!r}>"
