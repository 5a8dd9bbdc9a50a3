"""Frames out."""

from __future__ import annotations

import collections
import errno
import os
import threading

from execnet4j_worker.deadlines import time_left
from execnet4j_worker.errors import ConnectionLost, Unwritable
from execnet4j_worker.forms import HEADER
from execnet4j_worker.texts import fault_text
from execnet4j_worker.threads import THREADS, guarded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class FrameWriter:
    """The only writer of the output. Others queue frames, so that a peer that does not read holds this thread alone."""

    ROOM = 1 << 20  # while as many bytes wait, put waits too
    PILE = 1 << 26  # so much may wait of what offer queues without waiting
    BATCH = 1 << 16

    def __init__(self, descriptor: int, on_failure: Callable[[OSError], None]) -> None:
        self._descriptor = descriptor
        self._on_failure = on_failure
        self._changed = threading.Condition(threading.Lock())
        self._frames: collections.deque[tuple[int, int, Any, bool]] = collections.deque()
        self._waiting = 0
        self._piled = 0  # of that, what offer has queued
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
        wanted: Callable[[], bool] = lambda: True,
    ) -> bool:
        """Queues a frame when there is room; false if the deadline passed before, or it is not wanted any more.

        ``wanted`` is asked again after ``reconsider``, with a lock held. Between the last yes and the frame's place in
        the queue no other frame comes.
        """
        with self._changed:
            self._require_open()
            while wanted() and self._waiting >= self.ROOM:
                left = time_left(deadline)
                if left == 0:
                    return False
                self._changed.wait(left)
                self._require_open()
            if not wanted():
                return False
            self._enqueue(kind, number, payload, False)
        self._poke()
        return True

    def reconsider(self) -> None:
        """Has everybody who waits for room ask again whether the frame is wanted."""
        with self._changed:
            self._changed.notify_all()

    def offer(self, kind: int, number: int, payload: bytes | bytearray = b"") -> None:
        """Queues a frame without waiting; forgets it if nothing can be written any more."""
        with self._changed:
            if self._failure is None and not self._finishing:
                # A large item before it is no sign of a peer that does not read.
                if self._piled >= self.PILE:
                    self._failure = Unwritable(f"the peer is not reading: {self._waiting} bytes wait")
                    THREADS.start(self._fail)
                self._enqueue(kind, number, payload, True)
        self._poke()

    def later(self, job: Callable[[], None]) -> None:
        """Has the writer thread call something short. For finalizers: takes no lock."""
        self._jobs.append(job)
        self._poke()

    def finish(self, patience: float) -> None:
        """Lets what is queued be written, then closes the output, and waits for that."""
        with self._changed:
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
            finished = self._finishing
            while self._write_some():
                pass

    def _refuse(self) -> None:
        with self._changed:
            self._frames.clear()
            self._changed.notify_all()

    def _close(self) -> None:
        try:
            os.close(self._descriptor)
        except OSError:
            pass

    def abandon_in_child(self) -> None:
        """After a fork, in the child: nothing is sent from there, and the parent's end must not stay open there."""
        self._changed = threading.Condition(threading.Lock())
        self._failure = OSError(errno.EBADF, "a forked child of the worker cannot use its channels")
        os.close(self._descriptor)

    def _require_open(self) -> None:
        if self._failure is not None or self._finishing:
            raise ConnectionLost(f"nothing can be sent any more: {self._failure or 'the worker is ending'}")

    def _enqueue(self, kind: int, number: int, payload: bytes | bytearray, offered: bool) -> None:
        self._frames.append((kind, number, payload, offered))
        self._waiting += HEADER.size + len(payload)
        if offered:
            self._piled += HEADER.size + len(payload)

    def _fail(self) -> None:
        if self._failure is not None:
            self._on_failure(self._failure)

    def _poke(self) -> None:
        try:
            self._wake.release()
        except RuntimeError:  # it is awake, or about to look
            pass

    def _write_some(self) -> bool:
        batch = bytearray()
        large: bytes | bytearray = b""
        with self._changed:
            if self._failure is not None:
                raise self._failure
            while self._frames and not large and len(batch) < self.BATCH:
                kind, number, payload, offered = self._frames.popleft()
                if offered:
                    self._piled -= HEADER.size + len(payload)
                batch += HEADER.pack(kind, number, len(payload))
                if len(payload) > self.BATCH:
                    large = payload
                else:
                    batch += payload
        self._write_all(batch)
        self._write_all(large)
        with self._changed:
            self._waiting -= len(batch) + len(large)
            self._changed.notify_all()
        return bool(batch)

    def _write_all(self, content: bytes | bytearray) -> None:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._descriptor, rest):]
