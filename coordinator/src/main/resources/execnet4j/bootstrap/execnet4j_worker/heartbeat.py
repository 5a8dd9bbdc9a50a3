"""Signs of life, to a coordinator on another host and from it."""

from __future__ import annotations

import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from execnet4j_worker.connection import Connection


class Heartbeat:
    """Sends a beat at each interval, and takes the coordinator for gone when nothing comes from it for long.

    Silence is counted in intervals and not by the clock: a process that was stopped finds what came meanwhile before
    the next interval is over.
    """

    INTERVAL = 3.0

    def __init__(self, connection: Connection, patience: float) -> None:
        self._connection = connection
        self._patience = patience
        self._silent = 0.0

    def start(self) -> None:
        threading.Thread(target=self._beat, name="execnet4j-heartbeat", daemon=True).start()

    def _beat(self) -> None:
        while not self._connection.ends_within(self.INTERVAL):
            self._connection.beat()
            self._silent = 0.0 if self._connection.heard_more() else self._silent + self.INTERVAL
            if self._silent >= self._patience:
                self._connection.silent(self._silent)
                return
