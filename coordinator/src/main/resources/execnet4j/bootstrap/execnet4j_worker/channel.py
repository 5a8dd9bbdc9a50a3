"""A channel as tasks see it."""

from __future__ import annotations

from execnet4j_worker.callback import NO_ENDMARKER
from execnet4j_worker.ending import CLOSED, ORDINARY_END, Ending
from execnet4j_worker.errors import ChannelEnd, RemoteError
from execnet4j_worker.frames import CLOSE, CLOSE_ERROR
from execnet4j_worker.texts import encoded_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from execnet4j_worker.files import ChannelFile
    from execnet4j_worker.gateway import Gateway
    from execnet4j_worker.link import Link


class Channel:
    """One end of a two-way stream of values. Any thread."""

    __slots__ = ("_link", "__weakref__")

    RemoteError = RemoteError
    TimeoutError = TimeoutError

    def __init__(self, link: Link) -> None:
        self._link = link

    def __repr__(self) -> str:
        return repr(self._link)

    def __del__(self) -> None:
        link = self._link
        link.connection.writer.later(link.dropped)

    @property
    def id(self) -> int:
        return self._link.id

    @property
    def gateway(self) -> Gateway:
        return self._link.connection.gateway

    def send(self, item: object, timeout: float | None = None) -> None:
        """Sends a value; waits while the other side has too much unread."""
        self._link.send(item, timeout)

    def receive(self, timeout: float | None = None) -> Any:
        """The next item; RemoteError once if the other side failed, then EOFError."""
        return self._link.receive(timeout)

    def setcallback(self, callback: Callable[[Any], Any], endmarker: object = NO_ENDMARKER) -> None:
        """Has the items given to a callable, those that wait first, and the endmarker once, last."""
        self._link.set_callback(callback, endmarker)

    def waitclose(self, timeout: float | None = None) -> None:
        """Waits for the end, and for the last callback; raises an error that nobody has been told."""
        self._link.wait_close(timeout)

    def close(self, error: str | None = None) -> None:
        """Closes both directions; with an error the other side gets it as a RemoteError."""
        if self._link.of_task:
            raise OSError(f"{self}: an explicit close of a task's channel is refused: it closes when the task ends")
        if error is None:
            self._link.close_here(ORDINARY_END, CLOSE)
        else:
            self._link.close_here(Ending(RemoteError, error, once=True), CLOSE_ERROR, encoded_text(error))

    def isclosed(self) -> bool:
        """Whether nothing can be sent any more; items may still wait."""
        return self._link.state == CLOSED

    def makefile(self, mode: str = "w", proxyclose: bool = False) -> ChannelFile:
        """A file over the channel, for reading (r) or writing (w) text or bytes."""
        from execnet4j_worker.files import ReadingFile, WritingFile  # few tasks want them

        if mode == "w":
            return WritingFile(self, proxyclose)
        if mode == "r":
            return ReadingFile(self, proxyclose)
        raise ValueError(f"a channel's file has mode 'r' or 'w', not {mode!r}")

    def __iter__(self) -> Channel:
        return self

    def __next__(self) -> Any:
        try:
            return self.receive()
        except ChannelEnd:
            raise StopIteration from None
