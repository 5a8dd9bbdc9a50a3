"""What waits in a channel to be taken."""

from __future__ import annotations

from execnet4j_worker.forms import HEADER
from execnet4j_worker.loading import CHANNEL_STRINGS, NO_CHANNELS, Strings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Item:
    """A received item, still encoded, so that what waits costs what was counted for it; and the channels it names."""

    __slots__ = ("payload", "channels", "strings")

    def __init__(self, payload: bytes, channels: dict[int, Any], strings: Strings) -> None:
        self.payload = payload
        self.channels = channels
        self.strings = strings

    def cost(self) -> int:
        return HEADER.size + len(self.payload)


END = Item(b"", NO_CHANNELS, CHANNEL_STRINGS)
