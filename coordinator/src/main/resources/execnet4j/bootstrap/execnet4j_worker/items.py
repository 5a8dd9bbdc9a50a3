"""What waits in a channel to be taken."""

from __future__ import annotations

from execnet4j_worker.forms import HEADER
from execnet4j_worker.loading import CHANNEL_STRINGS, NO_CHANNELS, Strings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Union

    Waiting = Union["Item", bytes, bytearray]


class Item:
    """A received item that needs more than its payload to be decoded: the channels it names, how its strings are read.

    Items wait encoded, so that what waits costs what was counted for it; most are just their payloads.
    """

    __slots__ = ("payload", "channels", "strings")

    def __init__(self, payload: bytes | bytearray, channels: dict[int, Any], strings: Strings) -> None:
        self.payload = payload
        self.channels = channels
        self.strings = strings


def cost_of(item: Waiting) -> int:
    """What it is counted for, in bytes."""
    return HEADER.size + len(item.payload if isinstance(item, Item) else item)


END = Item(b"", NO_CHANNELS, CHANNEL_STRINGS)
