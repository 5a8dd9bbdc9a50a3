"""Files over channels."""

from __future__ import annotations

from execnet4j_worker.errors import ChannelEnd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator

    from execnet4j_worker.channel import Channel


class ChannelFile:
    """What files over a channel have in common."""

    def __init__(self, channel: Channel, proxyclose: bool) -> None:
        self.channel = channel
        self._proxyclose = proxyclose

    def close(self) -> None:
        if self._proxyclose:
            self.channel.close()

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        return False

    def __enter__(self) -> ChannelFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class WritingFile(ChannelFile):
    """Each write is an item."""

    def write(self, content: str | bytes) -> int:
        self.channel.send(content)
        return len(content)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)


class ReadingFile(ChannelFile):
    """Joins the items, which are all text or all bytes."""

    def __init__(self, channel: Channel, proxyclose: bool) -> None:
        super().__init__(channel, proxyclose)
        self._rest: Any = None

    def _more(self) -> bool:
        try:
            item = self.channel.receive()
        except ChannelEnd:
            return False
        self._rest = item if self._rest is None else self._rest + item
        return True

    def _take(self, count: int) -> Any:
        rest = "" if self._rest is None else self._rest
        self._rest = rest[count:]
        return rest[:count]

    def read(self, size: int = -1) -> Any:
        """As many characters or bytes as wanted, fewer only at the end, all with a negative size."""
        while (size < 0 or len(self._rest or "") < size) and self._more():
            pass
        return self._take(len(self._rest or "") if size < 0 else size)

    def readline(self) -> Any:
        """Through the next line end; the last line may lack it."""
        searched = 0
        while True:
            rest: Any = self._rest or ""
            found = rest.find(b"\n" if isinstance(rest, bytes) else "\n", searched)
            if found >= 0:
                return self._take(found + 1)
            searched = len(rest)
            if not self._more():
                return self._take(searched)

    def __iter__(self) -> Iterator[Any]:
        line = self.readline()
        while line:
            yield line
            line = self.readline()
