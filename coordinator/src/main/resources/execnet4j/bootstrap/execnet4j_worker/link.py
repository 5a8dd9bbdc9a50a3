"""A channel as the connection knows it."""

from __future__ import annotations

import collections
import threading
import weakref

from execnet4j_worker.callback import Callback
from execnet4j_worker.channel import Channel
from execnet4j_worker.credit import UNLIMITED, WINDOW, Window
from execnet4j_worker.deadlines import deadline_in, time_left
from execnet4j_worker.ending import CLOSED, CLOSING, INPUT_END, OPEN, ORDINARY_END, Ending, state_after
from execnet4j_worker.errors import ConnectionLost, LoadError
from execnet4j_worker.forms import HEADER
from execnet4j_worker.frames import CLOSE, CLOSE_ERROR, DATA, LAST_MESSAGE
from execnet4j_worker.items import END, Item
from execnet4j_worker.loading import loads
from execnet4j_worker.texts import encoded_text, in_short
from execnet4j_worker.tracebacks import error_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from execnet4j_worker.connection import Connection
    from execnet4j_worker.loading import Strings


class Link:
    """A channel as the connection knows it. It outlives the users' Channel while a callback takes its items."""

    def __init__(self, connection: Connection, number: int, of_task: bool = False) -> None:
        self.connection = connection
        self.id = number
        # A task in this process runs on it: the end of the task closes it, nothing else may.
        self.of_task = of_task
        self.state = OPEN
        self.strings: Strings | None = None
        self._changed = threading.Condition(threading.Lock())
        self._items: collections.deque[Item] = collections.deque()
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
        with self._changed:
            channel = self._channel()
            if channel is None:
                channel = Channel(self)
                self._channel = weakref.ref(channel)
            return channel

    # For the reader thread.

    def deliver(self, item: Item) -> None:
        with self._changed:
            if self._ending is not None:
                return
            accepted = self._window.may_arrive()
            if accepted:
                credit = self._window.arrived(item.cost())
                self._items.append(item)
                self._changed.notify_all()
            callback = self._callback
        if not accepted:
            self.connection.overflow(self, item.cost())
            return
        self.connection.announce_credit(self.id, credit)
        if callback is not None:
            callback.available()

    def credit(self, size: int) -> None:
        with self._changed:
            self._credit += size
            self._changed.notify_all()

    # For anybody.

    def end(self, event: int, ending: Ending) -> bool:
        """Moves the state on and wakes everybody; true if that closed the channel."""
        with self._changed:
            before = self.state
            self.state = state_after(before, event)
            if event == INPUT_END:
                # Also where the peer had said before that it sends no more items.
                self._no_more_credit = True
                self._changed.notify_all()
            if self.state == before:
                return False
            if self._ending is None:
                self._ending = ending
            self._changed.notify_all()
            callback = self._callback
            closed = self.state == CLOSED
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
        with self._changed:
            held = self._window.waiting()
        text = f"its items were not received: {held} bytes wait, a further item of {size} bytes was refused"
        notice = f"the receiver held {held} unread bytes and takes no more"
        self.close_here(Ending(EOFError, text, once=True), CLOSE_ERROR, encoded_text(notice))

    def dropped(self) -> None:
        """Nobody has the Channel any more."""
        with self._changed:
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
        with self._changed:
            self._items.clear()
            self._window.abandon()

    # For users' threads.

    def send(self, value: object, timeout: float | None) -> None:
        payload, named = self.connection.encode_item(value)
        deadline = deadline_in(timeout)
        cost = HEADER.size + len(payload)
        with self._changed:
            while self.state != CLOSED and self._credit <= 0 and not self._no_more_credit:
                self._wait(deadline, "send: the other side has too much unread")
            if self.state == CLOSED or self._credit <= 0:
                raise self._unsendable()
            self._credit -= cost
        sent = False
        try:
            sent = self.connection.writer.put(DATA, self.id, payload, deadline, lambda: self.state != CLOSED)
        finally:
            if not sent:
                self.credit(cost)
        if not sent:
            if self.state == CLOSED:
                raise self._unsendable()
            raise TimeoutError(f"{self}: timed out in send: nothing that is sent is read")
        for link in named:
            if link.state == CLOSED:
                # Before the item was queued: the peer opens it anew and must hear so again.
                self.connection.offer(CLOSE, link.id)

    def _unsendable(self) -> Exception:
        if self._ending is not None and self._ending.kind is ConnectionLost:
            return self._ending.error(self)
        return OSError(f"{self}: cannot send, the channel is closed")

    def receive(self, timeout: float | None) -> Any:
        deadline = deadline_in(timeout)
        with self._changed:
            if self._callback is not None:
                raise OSError(f"{self}: its items go to a callback; they cannot be received as well")
            while not self._items:
                if self._ending is not None:
                    raise self._tell(self._ending)
                self._wait(deadline, "receive")
            item = self._items.popleft()
        self.taken(item)
        return self.value(item)

    def wait_close(self, timeout: float | None) -> None:
        deadline = deadline_in(timeout)
        with self._changed:
            callback = self._callback
            if callback is not None and callback.is_busy_here():
                raise RuntimeError(f"{self}: waitclose within its own callback would wait for itself")
            while self._ending is None or (self._callback is not None and not self._callback.finished):
                self._wait(deadline, "waitclose")
            if not self._ending.is_ordinary() and not self._told:
                raise self._tell(self._ending)

    def set_callback(self, callback: Callable[[Any], Any], endmarker: object) -> None:
        with self._changed:
            if self._callback is not None:
                raise OSError(f"{self}: a callback takes its items already")
            taker = self._callback = Callback(self, callback, endmarker)
            due = bool(self._items) or self._ending is not None
        if due:
            taker.available()

    # For callbacks.

    def value(self, item: Item) -> Any:
        try:
            return loads(item.payload, item.channels, item.strings)
        except LoadError as e:
            self.connection.violated(f"an item is no value: {e}")
            raise

    def next(self) -> Item | None:
        """The next item, END after the last, None if nothing is there yet."""
        with self._changed:
            if self._items:
                return self._items.popleft()
            return None if self._ending is None else END

    def has_next(self) -> bool:
        with self._changed:
            return bool(self._items) or self._ending is not None

    def taken(self, item: Item) -> None:
        """Somebody is done with an item: its bytes may be sent again."""
        with self._changed:
            credit = self._window.taken(item.cost())
        self.connection.announce_credit(self.id, credit)

    def callback_failed(self, error: BaseException) -> None:
        """The callback gets no more items, and that is why the channel ends if nothing else was before."""
        why = Ending(EOFError, f"closed because its callback failed: {in_short(error)}", once=True, cause=error)
        with self._changed:
            for item in self._items:
                self._window.taken(item.cost())
            self._items.clear()
            if self._ending is not None and self._ending.is_ordinary():
                self._ending = why
        self.close_here(why, CLOSE_ERROR, encoded_text(error_text(error)))

    def callback_finished(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _wait(self, deadline: float | None, what: str) -> None:
        left = time_left(deadline)
        if left == 0:
            raise TimeoutError(f"{self}: timed out in {what}")
        self._changed.wait(left)

    def _tell(self, ending: Ending) -> Exception:
        if ending.once and self._told:
            return ORDINARY_END.error(self)
        self._told = ending.once
        return ending.error(self)
