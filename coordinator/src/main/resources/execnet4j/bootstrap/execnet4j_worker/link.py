"""A channel as the connection knows it."""

from __future__ import annotations

import collections
import threading
import weakref

from execnet4j_worker.callback import Callback
from execnet4j_worker.channel import Channel
from execnet4j_worker.credit import UNLIMITED, WINDOW, Window
from execnet4j_worker.deadlines import deadline_in, time_left
from execnet4j_worker.dumping import dumped_single
from execnet4j_worker.ending import CLOSED, CLOSING, INPUT_END, OPEN, ORDINARY_END, Ending, state_after
from execnet4j_worker.errors import ConnectionLost, InterruptedLate, LoadError
from execnet4j_worker.forms import HEADER
from execnet4j_worker.frames import CLOSE, CLOSE_ERROR, DATA, LAST_MESSAGE
from execnet4j_worker.items import END, Item, cost_of
from execnet4j_worker.loading import loads
from execnet4j_worker.texts import encoded_text, in_short
from execnet4j_worker.tracebacks import error_text
from execnet4j_worker.writer import NONE_NAMED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Sequence

    from execnet4j_worker.connection import Connection
    from execnet4j_worker.items import Waiting
    from execnet4j_worker.loading import Strings

# So much may be taken before the window hears of it, if more items wait or not: small items are not worth an account
# each, and what one item leaves is often just what the next one needs.
SETTLED = 1 << 12
SETTLED_LAST = 1 << 7


class Link:
    """A channel as the connection knows it. It outlives the users' Channel while a callback takes its items."""

    def __init__(self, connection: Connection, number: int, of_task: bool = False) -> None:
        self.connection = connection
        self.id = number
        # A task in this process runs on it: the end of the task closes it, nothing else may.
        self.of_task = of_task
        self.state = OPEN
        self.strings: Strings | None = None
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._waiting = 0  # threads that wait for a change that has not come
        self._changes = 0  # that somebody waited for
        self._items: collections.deque[Waiting] = collections.deque()
        self._unsettled = 0  # bytes of items that were taken, still in the window's account
        self._window = Window(connection.budget, connection.extensions)
        self._ending: Ending | None = None
        self._told = False
        self._callback: Callback | None = None
        self._credit = WINDOW if connection.extensions else UNLIMITED
        self._no_more_credit = False
        # The peer may know it: it stood in an item.
        self.named = False
        self._channel: Callable[[], Channel | None] = lambda: None

    def __repr__(self) -> str:
        return f"<Channel id={self.id} {'closed' if self.state == CLOSED else 'open'}>"

    def channel(self) -> Channel:
        """The Channel of this link: the same one for as long as anybody has it."""
        with self._lock:
            channel = self._channel()
            if channel is None:
                channel = Channel(self)
                self._channel = weakref.ref(channel)
            return channel

    # For the reader thread.

    def deliver(self, items: Sequence[Waiting], size: int) -> None:
        """Takes items that came in a row, which cost so much together."""
        with self._lock:
            if self._ending is not None:
                return
            window = self._window
            replaces = self._unsettled == size and not window.is_holding()
            credit = 0 if replaces else self._settle()
            accepted = window.may_arrive(size - cost_of(items[-1]) if len(items) > 1 else 0)
            if accepted:
                if replaces:
                    self._unsettled = 0
                    credit = window.replaced(size)
                else:
                    credit += window.arrived(size)
                self._items.extend(items)
                if self._waiting:
                    self._signal()
            callback = self._callback
        if credit:
            self.connection.announce_credit(self.id, credit)
        if accepted:
            if callback is not None:
                callback.available()
        elif len(items) > 1:
            for item in items:
                self.deliver([item], cost_of(item))
        else:
            self.connection.overflow(self, size)

    def credit(self, size: int) -> None:
        with self._lock:
            self._credit += size
            self._signal()

    # For anybody.

    def end(self, event: int, ending: Ending) -> bool:
        """Moves the state on and wakes everybody; true if that closed the channel."""
        with self._lock:
            before = self.state
            self.state = state_after(before, event)
            if event == INPUT_END:
                # Also where the peer had said before that it sends no more items.
                self._no_more_credit = True
                self._signal()
            if self.state == before:
                return False
            if self._ending is None:
                self._ending = ending
                self._window.no_more_arrive()
            self._signal()
            callback = self._callback
            closed = self.state == CLOSED
        self.connection.reader.look_again()
        if closed:
            self.connection.forget(self)
            self.connection.writer.reconsider()
        if callback is not None:
            callback.available()
        return closed

    def peer_closed(self, ending: Ending) -> None:
        """An item on its way may name it, and have the peer open it anew: then the peer must hear that it is closed."""
        if self.end(CLOSING, ending) and self.named:
            self.connection.offer(CLOSE, self.id)

    def close_here(self, ending: Ending, kind: int, payload: bytes | bytearray = b"") -> None:
        if self.end(CLOSING, ending):
            self.connection.offer(kind, self.id, payload)

    def task_ended(self, error: str | None) -> None:
        if error is None:
            self.close_here(ORDINARY_END, CLOSE)
        else:
            self.close_here(ORDINARY_END, CLOSE_ERROR, encoded_text(error))

    def refuse(self, size: int) -> None:
        """Closes it because it holds all that it may for a peer that knows no flow control."""
        with self._lock:
            self._settle()
            held = self._window.waiting()
        text = f"its items were not received: {held} bytes wait, a further item of {size} bytes was refused"
        notice = f"the receiver held {held} unread bytes and takes no more"
        self.close_here(Ending(EOFError, text, once=True), CLOSE_ERROR, encoded_text(notice))

    def dropped(self) -> None:
        """Nobody has the Channel any more."""
        with self._lock:
            if self._channel() is not None:
                return
            callback = self._callback
        if not self.connection.is_live():
            return  # who is at the other side has ended this, or is gone, and takes a CLOSE for the task's end
        if callback is not None:
            if self.state == OPEN:
                self.connection.offer(LAST_MESSAGE, self.id)
            return
        self.close_here(ORDINARY_END, CLOSE)
        with self._lock:
            self._items.clear()
            self._window.abandon()

    # For users' threads.

    def send(self, value: object, timeout: float | None) -> None:
        payload = dumped_single(value)
        named = NONE_NAMED
        if payload is None:
            payload, named = self.connection.encode_item(value)
        deadline = None if timeout is None else deadline_in(timeout)
        cost = HEADER.size + len(payload)
        with self._lock:
            while self.state != CLOSED and self._credit <= 0 and not self._no_more_credit:
                self._wait(deadline, "send: the other side has too much unread")
            if self.state == CLOSED or self._credit <= 0:
                raise self._unsendable()
            self._credit -= cost
        try:
            sent = self.connection.writer.put(DATA, self.id, payload, deadline, self, named)
        except InterruptedLate:
            raise
        except BaseException:
            self.credit(cost)
            raise
        if not sent:
            self.credit(cost)
            if self.state == CLOSED:
                raise self._unsendable()
            raise TimeoutError(f"{self}: timed out in send: nothing that is sent is read")
        for link in named:
            # Closed before the item was sent: the peer opens it anew and must hear so again.
            self.connection.offer(CLOSE, link.id)

    def _unsendable(self) -> Exception:
        if self._ending is not None and self._ending.kind is ConnectionLost:
            return self._ending.error(self)
        return OSError(f"{self}: cannot send, the channel is closed")

    def receive(self, timeout: float | None) -> Any:
        deadline = None if timeout is None else deadline_in(timeout)
        waits = False
        while True:
            if not waits and not self._items and self._ending is None and self._callback is None:
                waits = not self.connection.reader.read_for(self.has_next, deadline)
            with self._lock:
                if self._callback is not None:
                    raise OSError(f"{self}: its items go to a callback; they cannot be received as well")
                if waits and not self._items and self._ending is None:
                    self._wait(deadline, "receive")
                if self._items:
                    item = self._items.popleft()
                    self._unsettled += cost_of(item)
                    most = SETTLED if self._items else SETTLED_LAST
                    credit = self._settle() if self._unsettled >= most else 0
                    break
                if self._ending is not None:
                    raise self._tell(self._ending)
            waits = deadline is not None and time_left(deadline) == 0
        if credit:
            self.connection.announce_credit(self.id, credit)
        return self.value(item)

    def wait_close(self, timeout: float | None) -> None:
        deadline = deadline_in(timeout)
        with self._lock:
            callback = self._callback
            if callback is not None and callback.is_busy_here():
                raise RuntimeError(f"{self}: waitclose within its own callback would wait for itself")
            while self._ending is None or (self._callback is not None and not self._callback.finished):
                self._wait(deadline, "waitclose")
            if not self._ending.is_ordinary() and not self._told:
                raise self._tell(self._ending)

    def set_callback(self, callback: Callable[[Any], Any], endmarker: object) -> None:
        with self._lock:
            if self._callback is not None:
                raise OSError(f"{self}: a callback takes its items already")
            taker = self._callback = Callback(self, callback, endmarker)
            due = self.has_next()
        self.connection.reader.look_again()
        if due:
            taker.available()

    # For callbacks.

    def value(self, item: Waiting) -> Any:
        try:
            if isinstance(item, Item):
                return loads(item.payload, item.channels, item.strings)
            return loads(item)
        except LoadError as e:
            self.connection.violated(f"an item is no value: {e}")
            raise

    def next(self) -> Waiting | None:
        """The next item, END after the last, None if nothing is there yet."""
        with self._lock:
            if self._items:
                return self._items.popleft()
            return None if self._ending is None else END

    def has_next(self) -> bool:
        return bool(self._items) or self._ending is not None

    def taken(self, item: Waiting) -> None:
        """Somebody is done with an item: its bytes may be sent again."""
        with self._lock:
            credit = self._window.taken(cost_of(item))
        self.connection.announce_credit(self.id, credit)

    def callback_failed(self, error: BaseException) -> None:
        """The callback gets no more items, and that is why the channel ends if nothing else was before."""
        why = Ending(EOFError, f"closed because its callback failed: {in_short(error)}", once=True, cause=error)
        with self._lock:
            for item in self._items:
                self._window.taken(cost_of(item))
            self._items.clear()
            if self._ending is not None and self._ending.is_ordinary():
                self._ending = why
        self.close_here(why, CLOSE_ERROR, encoded_text(error_text(error)))

    def callback_finished(self) -> None:
        with self._lock:
            self._signal()

    def _wait(self, deadline: float | None, what: str) -> None:
        left = time_left(deadline)
        if left == 0:
            raise TimeoutError(f"{self}: timed out in {what}")
        before = self._changes
        self._waiting += 1
        self.connection.reader.others_wait(1)
        try:
            self._changed.wait(left)
        finally:
            if self._changes == before:
                self._waiting -= 1
                self.connection.reader.others_wait(-1)

    def _signal(self) -> None:
        """Something has changed. Who waited for that waits no more, even where it has not run yet."""
        if self._waiting:
            self.connection.reader.others_wait(-self._waiting)
            self._waiting = 0
            self._changes += 1
            self._changed.notify_all()

    def _settle(self) -> int:
        """Has the window know what was taken; the result is the credit to announce, 0 for none."""
        taken, self._unsettled = self._unsettled, 0
        return self._window.taken(taken) if taken else 0

    def _tell(self, ending: Ending) -> Exception:
        if ending.once and self._told:
            return ORDINARY_END.error(self)
        self._told = ending.once
        return ending.error(self)
