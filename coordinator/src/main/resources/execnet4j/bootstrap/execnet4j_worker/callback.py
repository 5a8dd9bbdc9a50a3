"""A channel's callback."""

from __future__ import annotations

import threading

from execnet4j_worker.items import END
from execnet4j_worker.threads import THREADS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from execnet4j_worker.items import Waiting
    from execnet4j_worker.link import Link

NO_ENDMARKER = object()


class Callback:
    """A callback and how far it has got: it runs on one pool thread at a time, while there is something for it."""

    def __init__(self, link: Link, callback: Callable[[Any], Any], endmarker: object) -> None:
        self._link = link
        self._callback = callback
        self._endmarker = endmarker
        self._scheduled = threading.Lock()
        self._runner: int | None = None
        self.finished = False

    def available(self) -> None:
        if self._scheduled.acquire(blocking=False):
            try:
                THREADS.start(self._run)
            except BaseException:
                self._scheduled.release()
                raise

    def is_busy_here(self) -> bool:
        return self._runner == threading.get_ident()

    def _run(self) -> None:
        self._runner = threading.get_ident()
        try:
            self._hand_over_what_is_there()
        finally:
            self._runner = None
            self._scheduled.release()
            # What came between the last look and here has found a run scheduled and has not started another.
            if not self.finished and self._link.has_next():
                self.available()

    def _hand_over_what_is_there(self) -> None:
        item = self._link.next()
        while item is not None and not self.finished:
            if item is END:
                self._finish()
            else:
                self._hand_over(item)
                item = self._link.next()

    def _finish(self) -> None:
        try:
            if self._endmarker is not NO_ENDMARKER:
                self._guarded(lambda: self._callback(self._endmarker))
        finally:
            self.finished = True
            self._link.callback_finished()

    def _hand_over(self, item: Waiting) -> None:
        self._guarded(lambda: self._callback(self._link.value(item)))
        self._link.taken(item)

    def _guarded(self, call: Callable[[], Any]) -> None:
        try:
            call()
        except BaseException as e:  # whatever it is, it is the callback's
            self._link.callback_failed(e)
