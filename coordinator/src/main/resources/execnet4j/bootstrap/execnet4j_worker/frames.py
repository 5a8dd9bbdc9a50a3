"""Frames: kind, number of a channel, payload."""

from __future__ import annotations

from execnet4j_worker.errors import ProtocolError
from execnet4j_worker.forms import HEADER, MAX_PAYLOAD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator

# Kinds of frame: 0 to 7 are execnet's, from 64 up they are extensions that both sides have agreed on.
STATUS, RECONFIGURE, TERMINATE, EXEC, DATA, CLOSE, CLOSE_ERROR, LAST_MESSAGE = range(8)
HELLO, CREDIT = 64, 65


def frames(stream: Any) -> Iterator[tuple[int, int, bytes]]:
    """The frames of a buffered stream: (kind, channel id, payload), until its end between two frames."""
    # A claimed length up to this is allocated at once; beyond it only what has really come.
    trusted = 1 << 24
    while True:
        header = stream.read(HEADER.size)
        if not header:
            return
        if len(header) < HEADER.size:
            raise ProtocolError("the stream ended within a frame's header")
        kind, number, length = HEADER.unpack(header)
        if not 0 <= length <= MAX_PAYLOAD:
            raise ProtocolError(f"a frame of type {kind} claims {length} bytes; the limit is {MAX_PAYLOAD}")
        pieces = []
        missing = length
        while missing:
            wanted = min(missing, trusted)
            piece = stream.read(wanted)
            if len(piece) < wanted:
                raise ProtocolError(f"the stream ended within a frame's payload of {length} bytes")
            pieces.append(piece)
            missing -= wanted
        yield kind, number, pieces[0] if len(pieces) == 1 else b"".join(pieces)
