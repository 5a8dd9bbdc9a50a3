"""How far a channel has got, and why it ended."""

from __future__ import annotations

from execnet4j_worker.errors import ChannelEnd, RemoteError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from execnet4j_worker.link import Link

# Where a channel stands. It only ever moves upwards.
OPEN, SEND_ONLY, CLOSED = range(3)
# What can happen to it: the peer sends no more; a side closed it; the input ended, while the output may still work.
PEER_LAST_MESSAGE, CLOSING, INPUT_END = range(3)


def state_after(state: int, event: int) -> int:
    if event == CLOSING:
        return CLOSED
    return max(state, SEND_ONLY)


class Ending:
    """Why no more items come out of a channel."""

    __slots__ = ("kind", "text", "once", "cause")

    def __init__(
        self, kind: type[Exception], text: str, once: bool = False, cause: BaseException | None = None
    ) -> None:
        self.kind = kind
        self.text = text
        # Told only to the first who asks; after that the channel is just closed.
        self.once = once
        self.cause = cause

    def is_ordinary(self) -> bool:
        return self.kind is ChannelEnd

    def error(self, link: Link) -> Exception:
        if self.kind is RemoteError:
            return RemoteError(self.text)
        error: Exception = self.kind(f"{link}: {self.text}")
        error.__cause__ = self.cause
        return error


ORDINARY_END = Ending(ChannelEnd, "no more items come")
