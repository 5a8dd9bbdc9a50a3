"""Who reads from the coordinator."""

from __future__ import annotations

import math
import os
import select
import threading

from execnet4j_worker.deadlines import time_left
from execnet4j_worker.frames import FrameReader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

    from execnet4j_worker.frames import Frame
    from execnet4j_worker.signals import Interrupts
    from execnet4j_worker.wire import Pipes, Socket


class ReaderRole:
    """One thread reads at a time. As a rule it is a thread of its own, the keeper; but a thread that waits for
    something may read meanwhile: then nothing is handed from one thread to another, which costs more than all else.

    Such a thread can take the role only while nobody has it. So the keeper, once somebody would have liked the role,
    leaves it vacant after what it reads next; it takes it back when nobody has used it for a millisecond, or at once
    when somebody waits without it. Whatever ends the reading is kept for the keeper, which ends the connection.
    """

    VACANT = 0.001
    # Stack that taking frames needs. A thread with less does not begin.
    LEVELS = 12

    def __init__(
        self, wire: Pipes | Socket, take: Callable[[list[Frame]], str | None], interrupts: Interrupts
    ) -> None:
        self._frames = FrameReader(wire)
        self._take = take
        self._interrupts = interrupts
        self._role = threading.Lock()
        self._holder: int | None = None
        self._keeper: int | None = None
        self._counting = threading.Lock()
        self._others = 0  # who waits for what others read
        self._wanted = False  # somebody could not have the role
        self._uses = 0  # how often others than the keeper had it; changed by its holder
        self._asleep = False  # the keeper, because one thread has the role for long
        self._over = False
        self.reason: str | None = None  # why the reading ended
        self.failure: BaseException | None = None  # or what ended it
        # Released to wake the keeper.
        self._call = threading.Lock()
        self._call.acquire()
        self._bell, self._ringer = os.pipe()
        for each in self._bell, self._ringer:
            os.set_blocking(each, False)
        self._ready = select.poll()
        self._ready.register(wire.source, select.POLLIN)
        self._ready.register(self._bell, select.POLLIN)

    def keep(self) -> None:
        """The keeper's work: returns when there is nothing more to read."""
        self._keeper = threading.get_ident()
        while not self._over:
            if self._role.acquire(blocking=False):
                self._holder = self._keeper
                try:
                    self._read_until_wanted()
                except BaseException as e:
                    self._end(None, e)
                finally:
                    self._let_go()
            self._leave_to_others()

    def read_for(self, come: Callable[[], object], deadline: float | None) -> bool:
        """Reads, as one who waits for something, if nobody else does, until it has come or the deadline has passed.

        The result is false if somebody else reads: then nothing was waited for.
        """
        if self._over:
            return False
        self._require_stack(self.LEVELS)
        if not self._interrupts.hold_off():
            return False
        try:
            if not self._role.acquire(False):
                self._wanted = True
                return False
            self._holder = threading.get_ident()
            try:
                self._read_until(come, deadline)
            except BaseException as e:
                self._end(None, e)
            finally:
                self._uses += 1
                self._let_go()
                if self._asleep or self._over or self._others > 0:
                    self._call_keeper()
            return True
        finally:
            self._interrupts.let_in()

    def others_wait(self, more: int) -> None:
        """So many more threads, or fewer, wait for what somebody else reads."""
        with self._counting:
            self._others += more
        if more > 0 and self._holder is None:
            self._call_keeper()

    def look_again(self) -> None:
        """What a thread waits for may have come in another way than off the wire."""
        reading = self._holder
        if reading is not None and reading != self._keeper and reading != threading.get_ident():
            self.ring()

    def ring(self) -> None:
        """Has the holder look at why it reads."""
        try:
            os.write(self._ringer, b"!")
        except OSError:  # it has been rung more often than it could look
            pass

    def abandon_in_child(self) -> None:
        self._over = True
        os.close(self._bell)
        os.close(self._ringer)

    def _require_stack(self, levels: int) -> None:
        if levels:
            self._require_stack(levels - 1)

    def _read_until_wanted(self) -> None:
        while not self._over:
            if self._take_some(None) and self._wanted and self._others <= 0:
                self._wanted = False
                return

    def _read_until(self, come: Callable[[], object], deadline: float | None) -> None:
        while not come() and not self._over and not self._interrupts.due:
            left = None if deadline is None else time_left(deadline)
            self._take_some(left)
            if left == 0:
                return

    def _take_some(self, patience: float | None) -> bool:
        """Waits, and takes what has come; false if nothing has."""
        ready = self._ready.poll(None if patience is None else math.ceil(patience * 1000))
        if not ready:
            return False
        if len(ready) > 1 or ready[0][0] == self._bell:
            os.read(self._bell, 4096)
            if len(ready) == 1:
                return False
        frames = self._frames.take()
        if frames is None:
            self._end("it closed the connection", None)
            return False
        reason = self._take(frames) if frames else None
        if reason is not None:
            self._end(reason, None)
        return True

    def _end(self, reason: str | None, failure: BaseException | None) -> None:
        self.reason = reason
        self.failure = failure
        self._over = True

    def _let_go(self) -> None:
        self._holder = None
        self._role.release()

    def _call_keeper(self) -> None:
        try:
            self._call.release()
        except RuntimeError:  # it has been called already
            pass

    def _leave_to_others(self) -> None:
        """Returns when the keeper should read."""
        seen = self._uses - 1
        while not self._over and (self._holder is not None or self._others <= 0 and seen != self._uses):
            reading = self._holder
            if reading is not None and seen == self._uses:
                self._asleep = True
                if self._holder == reading:
                    self._call.acquire()
                self._asleep = False
            else:
                seen = self._uses
                self._call.acquire(timeout=self.VACANT)
