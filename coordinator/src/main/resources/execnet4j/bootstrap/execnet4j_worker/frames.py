"""Frames: kind, number of a channel, payload."""

from __future__ import annotations

from execnet4j_worker.errors import ProtocolError
from execnet4j_worker.forms import HEADER, MAX_PAYLOAD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Tuple, Union

    from execnet4j_worker.wire import Pipes, Socket

    Frame = Tuple[int, int, Union[bytes, bytearray]]

# Kinds of frame: 0 to 7 are execnet's, from 64 up they are extensions that both sides have agreed on.
STATUS, RECONFIGURE, TERMINATE, EXEC, DATA, CLOSE, CLOSE_ERROR, LAST_MESSAGE = range(8)
HELLO, CREDIT = 64, 65
HEARTBEAT = 68  # says nothing but that its sender is there


class FrameReader:
    """Bytes to frames. One thread at a time."""

    # So much is read at once, if it is there.
    PIECE = 1 << 16
    # A claimed length up to this is allocated at once; beyond it only what has really come.
    TRUSTED = 1 << 24

    def __init__(self, wire: Pipes | Socket) -> None:
        self._wire = wire
        self._rest = b""  # a frame that is not all there
        self._fault: ProtocolError | None = None
        # A large frame that is not all there: its kind and number, its length, the payload and how much of it has come.
        self._large: tuple[int, int] | None = None
        self._length = 0
        self._payload = bytearray()
        self._filled = 0

    def take(self) -> list[Frame] | None:
        """Reads once; the result is the frames that are complete with that, None at the end between two frames."""
        if self._fault is not None:
            raise self._fault
        if self._large is not None:
            return self._take_large(self._large)
        data = self._wire.read(self.PIECE)
        if data is None:
            return []
        if not data:
            if self._rest:
                within = "header" if len(self._rest) < HEADER.size else "payload"
                raise ProtocolError(f"the stream ended within a frame's {within}")
            return None
        return self._split(self._rest + data if self._rest else data)

    def _split(self, data: bytes) -> list[Frame]:
        frames: list[Frame] = []
        unpack, append, lead = HEADER.unpack_from, frames.append, HEADER.size
        start, end = 0, len(data)
        while start + lead <= end:
            kind, number, length = unpack(data, start)
            body = start + lead
            following = body + length
            if not body <= following <= end:
                if not 0 <= length <= MAX_PAYLOAD:
                    text = f"a frame of type {kind} claims {length} bytes; the limit is {MAX_PAYLOAD}"
                    self._fault = ProtocolError(text)
                elif length > self.PIECE:
                    self._begin_large(kind, number, length, data[body:])
                    start = end
                break
            append((kind, number, data[body:following]))
            start = following
        self._rest = data[start:]
        if self._fault is not None and not frames:
            raise self._fault
        return frames

    def _begin_large(self, kind: int, number: int, length: int, begin: bytes) -> None:
        self._large = kind, number
        self._length = length
        self._payload = bytearray(min(length, self.TRUSTED))
        self._payload[:len(begin)] = begin
        self._filled = len(begin)

    def _take_large(self, of: tuple[int, int]) -> list[Frame]:
        if self._filled == len(self._payload):
            self._payload += bytes(min(self._length - self._filled, self.TRUSTED))
        with memoryview(self._payload) as room:
            count = self._wire.read_into(room[self._filled:])
        if count is None:
            return []
        if count == 0:
            raise ProtocolError(f"the stream ended within a frame's payload of {self._length} bytes")
        self._filled += count
        if self._filled < self._length:
            return []
        payload, self._payload, self._large = self._payload, bytearray(), None
        return [(*of, payload)]
