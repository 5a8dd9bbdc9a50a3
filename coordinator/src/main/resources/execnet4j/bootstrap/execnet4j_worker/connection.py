"""The connection to the coordinator."""

from __future__ import annotations

import functools
import os
import threading

from execnet4j_worker.channel import Channel
from execnet4j_worker.credit import MAX_CREDIT, Budget
from execnet4j_worker.dumping import dumps
from execnet4j_worker.ending import CLOSED, CLOSING, INPUT_END, ORDINARY_END, PEER_LAST_MESSAGE, Ending
from execnet4j_worker.errors import ConnectionLost, DumpError, LoadError, ProtocolError, RemoteError, Unwritable
from execnet4j_worker.forms import HEADER, INT64
from execnet4j_worker.frames import (
    CLOSE, CLOSE_ERROR, CREDIT, DATA, EXEC, HEARTBEAT, LAST_MESSAGE, RECONFIGURE, STATUS, TERMINATE,
)
from execnet4j_worker.gateway import Gateway
from execnet4j_worker.items import Item, cost_of
from execnet4j_worker.link import Link
from execnet4j_worker.loading import CHANNEL_STRINGS, NO_CHANNELS, Strings, loads
from execnet4j_worker.reading import ReaderRole
from execnet4j_worker.scanning import channel_ids
from execnet4j_worker.texts import complain, fault_text, harmless
from execnet4j_worker.threads import THREADS, guarded
from execnet4j_worker.writer import FrameWriter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from execnet4j_worker.frames import Frame
    from execnet4j_worker.signals import Interrupts
    from execnet4j_worker.wire import Pipes, Socket
    from execnet4j_worker.worker import Worker


class Connection:
    """Frames in, frames out, and the channels between."""

    # So many channels may be open that the coordinator has opened.
    MAX_OF_PEER = 1 << 18
    MAX_NUMBER = 0x7FFFFFFF
    # How long the reader may still take to read what was sent by a peer to which nothing can be written.
    READ_OUT = 1.0

    # Items up to so many bytes are handed to a channel at once.
    ROW = 1 << 14

    def __init__(
        self, wire: Pipes | Socket, name: str, extensions: bool, budget: int, host: Worker, interrupts: Interrupts
    ) -> None:
        self.extensions = extensions
        self.budget = Budget(budget)
        self.gateway = Gateway(self, name)
        self.writer = FrameWriter(wire, interrupts, self._unwritable)
        self.reader = ReaderRole(wire, self._take, interrupts)
        self._wire = wire
        self._host = host
        self._strings = CHANNEL_STRINGS
        self._lock = threading.Lock()
        self._links: dict[int, Link] = {}
        self._next = 2
        self._of_peer = 0
        self._lost: Ending | None = None
        self._reader_gone = threading.Event()
        os.register_at_fork(after_in_child=self._abandon_in_child)

    def start(self) -> None:
        THREADS.begin()
        threading.Thread(target=self._read, name="execnet4j-reader", daemon=True).start()
        threading.Thread(target=self.writer.run, name="execnet4j-writer", daemon=True).start()

    def new_channel(self) -> Channel:
        with self._lock:
            if self._lost is not None:
                raise ConnectionLost(self._lost.text)
            if self._next > self.MAX_NUMBER:
                raise OSError("this gateway has used up its two to the thirtieth channel numbers")
            link = self._links[self._next] = Link(self, self._next)
            self._next += 2
        return link.channel()

    def channel_count(self) -> int:
        return len(self._links)

    def is_live(self) -> bool:
        return self._lost is None

    def offer(self, kind: int, number: int, payload: bytes | bytearray = b"") -> None:
        self.writer.offer(kind, number, payload)

    def beat(self) -> None:
        """Tells the coordinator that this end is there, unless something is on its way to it already."""
        if not self.writer.is_any_waiting():
            self.offer(HEARTBEAT, 0)

    def heard_more(self) -> bool:
        """Whether anything has come since this was last asked."""
        heard, self._wire.heard = self._wire.heard, False
        return heard

    def ends_within(self, seconds: float) -> bool:
        return self._reader_gone.wait(seconds) or not self.is_live()

    def silent(self, seconds: float) -> None:
        self._lose(f"the coordinator of gateway {self.gateway.id} is gone: nothing came for {seconds:g} s", loud=False)

    def encode(self, value: object) -> bytearray:
        """A payload other than an item."""
        return dumps(value, lambda each: None, self.extensions)

    def encode_item(self, value: object) -> tuple[bytearray, list[Link]]:
        """An item, and the channels numbered here that it names: to the peer they exist from then on."""
        named: list[Link] = []
        return dumps(value, lambda each: self._channel_id(each, named), self.extensions), named

    def decode(self, payload: bytes | bytearray) -> Any:
        """A payload other than an item."""
        return loads(payload, NO_CHANNELS, self._strings)

    def announce_credit(self, number: int, size: int) -> None:
        if size > 0 and self.extensions:
            self.writer.tell(CREDIT, number, INT64.pack(size))

    def forget(self, link: Link) -> None:
        with self._lock:
            if self._links.get(link.id) is link:
                del self._links[link.id]
                if link.id % 2:
                    self._of_peer -= 1

    def overflow(self, link: Link, size: int) -> None:
        """More came than the sender had credit for: a broken peer of ours, or a stock peer that knows no credit."""
        if self.extensions:
            raise ProtocolError(f"it sent on {link} without credit")
        link.refuse(size)

    def violated(self, what: str) -> None:
        self._lose(f"the coordinator broke the protocol: {what}", loud=True)

    def _channel_id(self, value: object, named: list[Link]) -> int | None:
        if type(value) is not Channel:
            return None
        link = value._link
        if link.connection is not self:
            raise DumpError(f"cannot serialize {value}: it belongs to another gateway")
        if link.state == CLOSED:
            raise DumpError(f"cannot serialize {value}: it is closed")
        if link.id % 2 == 0:
            link.named = True
            named.append(link)
        return link.id

    def _read(self) -> None:
        """The reader thread. Whatever ends it, the host hears of it, with memory or without."""
        try:
            self.reader.keep()
            reason, loud = self._end_of_reading()
            self._lose(f"the coordinator of gateway {self.gateway.id} is gone: {reason}", loud)
        finally:
            self._host.ended()
            self._reader_gone.set()

    def _end_of_reading(self) -> tuple[str, bool]:
        """What ended it, and whether that is worth telling."""
        failure = self.reader.failure
        if failure is None:
            return str(self.reader.reason), False
        if isinstance(failure, (ProtocolError, LoadError)):
            return f"it broke the protocol: {failure}", True
        if isinstance(failure, OSError):
            return f"the connection failed: {failure}", False
        if isinstance(failure, MemoryError):
            return "not enough memory for what it sent", True
        return f"a fault in execnet4j itself: {fault_text(failure)}", True

    def _take(self, frames: list[Frame]) -> str | None:
        """Whoever reads: does what the frames say; the result, if any, is why no more are wanted."""
        self.writer.answered = True
        row: list[bytes | bytearray] = []  # items for one channel that come one after the other and name no others
        of = size = 0
        for kind, number, payload in frames:
            if kind == DATA and b"B" not in payload:
                if number != of or size > self.ROW:
                    if row:
                        self._deliver(of, row, size)
                    row, of, size = [], number, 0
                row.append(payload)
                size += HEADER.size + len(payload)
                continue
            if row:
                self._deliver(of, row, size)
                row, size = [], 0
            if self._lost is not None:
                return "it was lost before"
            if kind == TERMINATE:
                return "it ended the gateway"
            self._dispatch(kind, number, payload)
        if row:
            self._deliver(of, row, size)
        return None

    def _deliver(self, number: int, row: list[bytes | bytearray], size: int) -> None:
        link = self._links.get(number)
        if link is not None:
            strings = link.strings or self._strings
            if strings is CHANNEL_STRINGS:
                link.deliver(row, size)
            else:
                link.deliver([Item(payload, NO_CHANNELS, strings) for payload in row], size)

    def _dispatch(self, kind: int, number: int, payload: bytes | bytearray) -> None:
        link = self._links.get(number)
        if kind == DATA:
            self._data(number, link, payload)
        elif kind == CREDIT and self.extensions:
            (size,) = INT64.unpack(payload) if len(payload) == INT64.size else (0,)
            if not 0 < size <= MAX_CREDIT:
                raise ProtocolError(f"credit of {size} bytes")
            if link is not None:
                link.credit(size)
        elif kind == CLOSE or kind == CLOSE_ERROR:
            ending = ORDINARY_END
            if kind == CLOSE_ERROR:
                ending = Ending(RemoteError, harmless(str(self.decode(payload))), once=True)
            if link is not None:
                link.peer_closed(ending)
        elif kind == LAST_MESSAGE:
            if link is not None:
                link.end(PEER_LAST_MESSAGE, ORDINARY_END)
        elif kind == EXEC:
            self._host.exec(self._add_of_peer(number, of_task=True).channel(), payload)
        elif kind == STATUS:
            status: dict[str, object] = {"numchannels": self.channel_count(), **self._host.status()}
            self.offer(DATA, number, self.encode(status))
            self.offer(CLOSE, number)
        elif kind == HEARTBEAT and self.extensions:
            pass  # that it came is all it says
        elif kind == RECONFIGURE:
            self._reconfigure(number, link, payload)
        else:
            raise ProtocolError(f"a frame of unknown type {kind} came")

    def _data(self, number: int, link: Link | None, payload: bytes | bytearray) -> None:
        named = channel_ids(payload)
        if link is not None:
            channels = {each: self._named(each) for each in named} if named else NO_CHANNELS
            item = Item(payload, channels, link.strings or self._strings)
            link.deliver([item], cost_of(item))
            return
        for each in named:
            if each % 2 and each not in self._links:
                self.offer(CLOSE, each)

    def _named(self, number: int) -> Channel:
        """A channel that an item names exists from now on, whenever the item is decoded."""
        link = self._links.get(number)
        if link is None:
            if number % 2 == 0 and number > 0:
                link = Link(self, number)
                link.end(CLOSING, ORDINARY_END)
            else:
                link = self._add_of_peer(number)
        return link.channel()

    def _add_of_peer(self, number: int, of_task: bool = False) -> Link:
        with self._lock:
            if number <= 0 or number % 2 == 0 or number in self._links:
                raise ProtocolError(f"it opened a channel with an id it may not use: {number}")
            if self._of_peer >= self.MAX_OF_PEER:
                raise ProtocolError(f"it opened more than {self.MAX_OF_PEER} channels without closing any")
            self._of_peer += 1
            link = self._links[number] = Link(self, number, of_task)
        return link

    def _reconfigure(self, number: int, link: Link | None, payload: bytes | bytearray) -> None:
        wish = self.decode(payload)
        if type(wish) is not tuple or len(wish) != 2 or not all(isinstance(each, bool) for each in wish):
            raise ProtocolError("a wish to read strings otherwise is not understood")
        if number == 0:
            self._strings = Strings(*wish)
        elif link is not None:
            link.strings = Strings(*wish)

    def _unwritable(self, failure: OSError) -> None:
        self._reader_gone.wait(self.READ_OUT)
        self._lose(f"nothing can be written to the coordinator: {failure}", loud=isinstance(failure, Unwritable))

    def _lose(self, reason: str, loud: bool) -> None:
        """The one way to the end: the first cause stays, everybody who waits is told."""
        with self._lock:
            if self._lost is not None:
                return
            lost = self._lost = Ending(ConnectionLost, reason)
        try:
            if loud:
                complain(reason)
            with self._lock:
                links = list(self._links.values())
            for link in links:
                guarded(functools.partial(link.end, INPUT_END, lost))
        finally:
            self._host.ended()

    def _abandon_in_child(self) -> None:
        self.writer.abandon_in_child()
        self.reader.abandon_in_child()
