"""Flow control: who may send how much."""

from __future__ import annotations

import threading

WINDOW = 1 << 16  # what each channel may always have on its way or unread; part of the extension's definition
GROWTH = 1 << 20  # what a channel that uses its window gets for more, if the budget has plenty
PLENTY = 8 * GROWTH
MAX_CREDIT = 1 << 40
UNLIMITED = 1 << 62


class Budget:
    """What the gateway lends its channels beyond their own windows, in encoded bytes."""

    def __init__(self, size: int) -> None:
        self._lock = threading.Lock()
        self._left = size

    def try_lend(self, size: int, least: int = 0) -> bool:
        """Takes so many bytes, or none if they are not there, or not as many as there must be at least."""
        with self._lock:
            if self._left < max(size, least):
                return False
            self._left -= size
            return True

    def give_back(self, size: int) -> None:
        with self._lock:
            self._left += size


class Window:
    """The receiving side's account of one channel, in encoded bytes. Guarded by the link's lock.

    What arrives is charged to the budget if that has room, and then the sender may send as much again at once;
    otherwise it is held against the channel's own window until somebody takes it.
    """

    __slots__ = ("_budget", "_piece", "_sender_credit", "_held", "_lent", "_unannounced", "_may_grow", "_grown")

    def __init__(self, budget: Budget, announcing: bool) -> None:
        self._budget = budget
        # Announced in pieces, so that small items do not each cost a frame.
        self._piece = WINDOW // 2 if announcing else 1
        self._sender_credit = WINDOW
        self._held = 0
        self._lent = 0
        self._unannounced = 0
        self._may_grow = announcing
        self._grown = 0

    def may_arrive(self, size: int) -> bool:
        """Whether one more item may, after so many bytes."""
        return self._sender_credit > size

    def arrived(self, size: int) -> int:
        """The result is the credit to announce now, 0 for none."""
        self._sender_credit -= size
        more = self._growth()
        if self._budget.try_lend(size):
            self._lent += size
            return self._grant(size + more)
        self._held += size
        return self._grant(more)

    def is_holding(self) -> bool:
        """Whether anything waits that the budget had no room for."""
        return self._held > 0

    def replaced(self, size: int) -> int:
        """As ``taken`` and then ``arrived``, of as much and while nothing is held: the budget need not be asked."""
        self._sender_credit -= size
        return self._grant(size + self._growth())

    def taken(self, size: int) -> int:
        """The result is the credit to announce now, 0 for none."""
        from_held = min(self._held, size)
        self._held -= from_held
        self._lent -= size - from_held
        self._budget.give_back(size - from_held)
        return self._grant(from_held)

    def no_more_arrive(self) -> None:
        """What was lent beforehand goes back."""
        self._may_grow = False
        self._budget.give_back(self._grown)
        self._grown = 0

    def abandon(self) -> None:
        """Nobody will ever take what waits."""
        self._budget.give_back(self._lent)
        self._lent = self._held = 0

    def waiting(self) -> int:
        return self._held + self._lent

    def _growth(self) -> int:
        """A sender who has used half of the window would soon wait for credit rather than for a reader."""
        if not self._may_grow or self._sender_credit > WINDOW // 2 or not self._budget.try_lend(GROWTH, PLENTY):
            return 0
        self._may_grow = False
        self._grown = GROWTH
        self._piece = GROWTH // 4
        return GROWTH

    def _grant(self, size: int) -> int:
        self._unannounced += size
        if self._unannounced < self._piece:
            return 0
        announced, self._unannounced = self._unannounced, 0
        self._sender_credit += announced
        return announced
