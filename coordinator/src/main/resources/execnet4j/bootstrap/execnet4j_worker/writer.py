"""Frames out."""

from __future__ import annotations

import collections
import errno
import threading
import time

from execnet4j_worker.deadlines import time_left
from execnet4j_worker.ending import CLOSED
from execnet4j_worker.errors import ConnectionLost, InterruptedLate, Unwritable
from execnet4j_worker.forms import HEADER
from execnet4j_worker.texts import fault_text
from execnet4j_worker.threads import THREADS, guarded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

    from execnet4j_worker.link import Link
    from execnet4j_worker.signals import Interrupts
    from execnet4j_worker.wire import Pipes, Socket

NONE_NAMED: list[Link] = []


def is_closed(link: Link) -> bool:
    return link.state == CLOSED


class FrameWriter:
    """The only writer of the output. Others queue frames, so that a peer that does not read holds one thread alone.

    That thread writes all that waits together. On a wire where writing does not wait, a sender writes its frame itself
    if nothing else is to be written and the frame is not one of a row: that saves the change of threads. What there is
    no room for is left to the thread.
    """

    ROOM = 1 << 20  # while as many bytes wait, put waits too
    PILE = 1 << 26  # so much may wait of what offer queues without waiting
    BATCH = 1 << 16
    LULL = 50e-6  # frames that follow one another faster, with nothing received between, are better written together
    LARGE = 1 << 14  # a frame of this length is not made better by others in the same write

    def __init__(self, wire: Pipes | Socket, interrupts: Interrupts, on_failure: Callable[[OSError], None]) -> None:
        self._wire = wire
        self._interrupts = interrupts
        self._on_failure = on_failure
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._frames: collections.deque[bytes | bytearray] = collections.deque()
        self._waiting = 0
        self._piled = 0  # of that, what offer has queued
        self._sender_writes = False
        self._thread_writes = False
        self._row_end = 0.0  # when the last frame was sent
        self.answered = False  # something has come since
        self._finishing = False
        self._failure: OSError | None = None
        # Made beforehand, for when there is none to make it.
        self._no_memory = Unwritable("no memory was left to write with")
        self._jobs: collections.deque[Callable[[], None]] = collections.deque()
        # Released to wake the thread. A bare lock and a deque, because finalizers use them at any moment, even while
        # their thread holds one of the other locks.
        self._wake = threading.Lock()
        self._wake.acquire()
        self.closed = threading.Event()

    def put(
        self,
        kind: int,
        number: int,
        payload: bytes | bytearray,
        deadline: float | None,
        link: Link | None = None,
        named: list[Link] = NONE_NAMED,
    ) -> bool:
        """Sends a frame when there is room; false if the deadline passed before, or the link was closed.

        The link is looked at again after ``reconsider``, with a lock held. Between the last look and the frame's place
        in the queue no other frame comes. Of the links that the frame names those stay in the list that are closed at
        that moment.
        """
        if self._wire.writes_at_once and not self._waiting and len(payload) <= self.BATCH:
            if self._put_at_once(kind, number, payload, link, named):
                return True
        with self._lock:
            self._require_open()
            while self._waiting >= self.ROOM and (link is None or link.state != CLOSED):
                left = time_left(deadline)
                if left == 0:
                    return False
                self._changed.wait(left)
                self._require_open()
            if link is not None and link.state == CLOSED:
                return False
            self._enqueue(kind, number, payload)
            named[:] = filter(is_closed, named)
        return True

    def _put_at_once(
        self,
        kind: int,
        number: int,
        payload: bytes | bytearray,
        link: Link | None = None,
        named: list[Link] = NONE_NAMED,
        in_row: bool = True,
    ) -> bool:
        """Writes the frame here if that may be; false if it has still to be put."""
        if not self._interrupts.hold_off():
            return False
        sent = False
        try:
            with self._lock:
                self._require_open()
                sent = (link is None or link.state != CLOSED) and self._takes_turn(len(payload), in_row)
                if sent and named:
                    named[:] = filter(is_closed, named)
            if sent:
                self._write_here(HEADER.pack(kind, number, len(payload)) + payload)
            return sent
        finally:
            try:
                self._interrupts.let_in()
            except KeyboardInterrupt:
                if sent:
                    raise InterruptedLate from None
                raise

    def _takes_turn(self, size: int, in_row: bool) -> bool:
        if self._sender_writes or self._thread_writes or self._frames:
            return False
        if not in_row:
            self._sender_writes = True
            return True
        now = time.monotonic()
        alone = self.answered or now - self._row_end > self.LULL or size >= self.LARGE
        self._row_end = now
        self.answered = False
        self._sender_writes = alone
        return alone

    def _write_here(self, frame: bytes | bytearray) -> None:
        rest: bytes | bytearray = b""
        failure: OSError | None = None
        try:
            written = self._wire.write_now(frame)
            if written == len(frame):
                # Without the lock: who queues looks at this after that, here it is the other way round.
                self._sender_writes = False
                if self._frames or self._finishing:
                    self._poke()
                return
            rest = frame[written:]
        except OSError as e:
            failure = e
        with self._lock:
            self._sender_writes = False
            if rest:
                self._frames.appendleft(rest)
                self._waiting += len(rest)
            if failure is not None:
                self._failure = self._failure or failure
            needed = self._frames or failure is not None or self._finishing
        if needed:
            self._poke()
        if failure is not None:
            raise ConnectionLost(f"nothing can be sent any more: {failure}") from failure

    def is_any_waiting(self) -> bool:
        """Whether there is a frame that nobody has begun to write. A look without the lock."""
        return bool(self._frames)

    def reconsider(self) -> None:
        """Has everybody who waits for room look at their links again."""
        with self._lock:
            self._changed.notify_all()

    def offer(self, kind: int, number: int, payload: bytes | bytearray = b"") -> None:
        """Queues a frame without waiting; forgets it if nothing can be written any more."""
        with self._lock:
            if self._failure is None and not self._finishing:
                # A large item before it is no sign of a peer that does not read.
                if self._piled >= self.PILE:
                    self._failure = Unwritable(f"the peer is not reading: {self._waiting} bytes wait")
                    THREADS.start(self._fail)
                self._piled += HEADER.size + len(payload)
                self._enqueue(kind, number, payload)

    def tell(self, kind: int, number: int, payload: bytes) -> None:
        """As ``offer``, but writes the frame here if that may be, which does not wait either."""
        try:
            if self._wire.writes_at_once and self._put_at_once(kind, number, payload, in_row=False):
                return
        except ConnectionLost:  # of which the thread tells
            return
        self.offer(kind, number, payload)

    def later(self, job: Callable[[], None]) -> None:
        """Has the writer thread call something short. For finalizers: takes no lock."""
        self._jobs.append(job)
        self._poke()

    def finish(self, patience: float) -> None:
        """Lets what is queued be written, then closes the output, and waits for that."""
        with self._lock:
            self._finishing = True
            self._changed.notify_all()
        self._poke()
        self.closed.wait(patience)

    def run(self) -> None:
        """The writer thread. Whatever ends it, the output is closed, and all who wait for it are told."""
        failure: OSError | None = self._no_memory
        try:
            self._write_until_finished()
            failure = None
        except OSError as e:
            failure = e
        except MemoryError:
            pass
        except BaseException as e:
            failure = Unwritable(f"the writer failed: {fault_text(e)}")
        finally:
            self._failure = self._failure or failure
            for step in self._refuse, self._close, self.closed.set, self._fail:
                guarded(step)

    def _write_until_finished(self) -> None:
        finished = False
        while not finished:
            self._wake.acquire()
            while self._jobs:
                guarded(self._jobs.popleft())
            while self._write_some():
                pass
            # A sender that writes wakes this thread when it is done.
            finished = self._finishing and not self._sender_writes and not self._frames

    def _refuse(self) -> None:
        with self._lock:
            self._frames.clear()
            self._changed.notify_all()

    def _close(self) -> None:
        try:
            self._wire.close_output()
        except OSError:
            pass

    def abandon_in_child(self) -> None:
        """After a fork, in the child: nothing is sent from there, and the parent's end must not stay open there."""
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._failure = OSError(errno.EBADF, "a forked child of the worker cannot use its channels")
        guarded(self._wire.close)

    def _require_open(self) -> None:
        if self._failure is not None or self._finishing:
            raise ConnectionLost(f"nothing can be sent any more: {self._failure or 'the worker is ending'}")

    def _enqueue(self, kind: int, number: int, payload: bytes | bytearray) -> None:
        header = HEADER.pack(kind, number, len(payload))
        if len(payload) > self.BATCH:
            self._frames.append(header)
            self._frames.append(payload)
        else:
            self._frames.append(header + payload)
        self._waiting += HEADER.size + len(payload)
        if not self._sender_writes:
            self._poke()

    def _fail(self) -> None:
        if self._failure is not None:
            self._on_failure(self._failure)

    def _poke(self) -> None:
        if self._wake.locked():
            try:
                self._wake.release()
            except RuntimeError:  # somebody else has just done that
                pass

    def _write_some(self) -> bool:
        with self._lock:
            if self._failure is not None:
                raise self._failure
            if self._sender_writes or not self._frames:
                return False
            self._thread_writes = True
            frames, self._frames = self._frames, collections.deque()
            piled = self._piled
        size = self._write_together(frames)
        with self._lock:
            self._thread_writes = False
            self._row_end = time.monotonic()
            self._waiting -= size
            self._piled -= piled
            self._changed.notify_all()
        return True

    def _write_together(self, frames: collections.deque[bytes | bytearray]) -> int:
        """Empties the queue, so that what is written takes no memory any more; the result is how much it was."""
        size = 0
        batch = bytearray()
        while frames:
            frame = frames.popleft()
            size += len(frame)
            if len(frame) > self.BATCH:
                self._write_all(batch)
                batch.clear()
                self._write_all(frame)
            else:
                batch += frame
                if len(batch) >= self.BATCH:
                    self._write_all(batch)
                    batch.clear()
        self._write_all(batch)
        return size

    def _write_all(self, content: bytes | bytearray) -> None:
        if content:
            self._wire.write(content)
