"""The threads that do what comes up."""

from __future__ import annotations

import collections
import threading

from execnet4j_worker.texts import complain, fault_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable


def guarded(job: Callable[[], object]) -> None:
    """Calls what must not keep its caller from going on, whatever it raises."""
    try:
        job()
    except MemoryError:  # for which a complaint has none either
        pass
    except BaseException as e:
        complain(f"a fault in execnet4j itself: {fault_text(e)}")


class Threads:
    """An elastic pool of daemon threads. One stays, and does in turn what no further thread can be had for."""

    IDLE_SECONDS = 10.0

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.Lock())
        self._jobs: collections.deque[Callable[[], None]] = collections.deque()
        self._idle = 0

    def begin(self) -> None:
        """Starts the thread that stays."""
        self._add(None)

    def start(self, job: Callable[[], None]) -> None:
        with self._changed:
            self._jobs.append(job)
            if len(self._jobs) <= self._idle:
                self._changed.notify()
                return
        try:
            self._add(self.IDLE_SECONDS)
        except (RuntimeError, MemoryError):  # no more threads can be had
            pass

    def _add(self, patience: float | None) -> None:
        threading.Thread(target=self._work, args=(patience,), name="execnet4j-pool", daemon=True).start()

    def _work(self, patience: float | None) -> None:
        while True:
            with self._changed:
                self._idle += 1
                while not self._jobs:
                    if not self._changed.wait(patience) and not self._jobs:
                        self._idle -= 1
                        return
                self._idle -= 1
                job = self._jobs.popleft()
            guarded(job)


THREADS = Threads()
