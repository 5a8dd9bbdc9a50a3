"""Where signals may interrupt the main thread."""

from __future__ import annotations

import signal
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

SET_HANDLER = signal.signal


class Interrupts:
    """Keeps what handlers of signals raise out of the midst of reading and writing, where a frame would be lost by it.

    Handlers run in the main thread, between any two steps. Ours is put off there. What others do nobody can know, so
    once a task has set a handler of its own, the main thread leaves reading and writing to the threads for that.
    """

    def __init__(self) -> None:
        self._main = threading.main_thread().ident
        self._alien = False
        self._held_off = 0
        self.due = False  # whether the main thread, which holds interrupts off, should let them in soon
        self._wake: Callable[[], None] = lambda: None

    def watch_handlers(self) -> None:
        """Has every new handler of a signal noted."""

        def noted(number: int, handler: Any) -> Any:
            self._alien = self._alien or callable(handler)
            return SET_HANDLER(number, handler)

        signal.signal = noted

    def woken_by(self, wake: Callable[[], None]) -> None:
        """Says how to wake the main thread where it waits for what is read."""
        self._wake = wake

    def hold_off(self) -> bool:
        """False where that cannot be promised; after True, ``let_in`` must be called."""
        if threading.get_ident() == self._main:
            if self._alien:
                return False
            self._held_off += 1
        return True

    def let_in(self) -> None:
        """Raises the KeyboardInterrupt that was held off, if any."""
        if self._held_off and threading.get_ident() == self._main:
            self._held_off -= 1
            if self.due and not self._held_off:
                self.due = False
                raise KeyboardInterrupt

    def arrived(self) -> None:
        """For the handler, which runs in the main thread."""
        if not self._held_off:
            raise KeyboardInterrupt
        self.due = True
        self._wake()
