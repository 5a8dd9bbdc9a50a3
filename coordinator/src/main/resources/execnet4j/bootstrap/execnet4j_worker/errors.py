"""What can go wrong, for tasks to catch, and between the parts of the worker."""

from __future__ import annotations


class RemoteError(Exception):
    """The other side closed the channel with an error; the text is all there is of it."""

    def __init__(self, formatted: str) -> None:
        super().__init__(formatted)
        self.formatted = formatted


class DataFormatError(Exception):
    """Bytes and values do not go together."""


class DumpError(DataFormatError):
    """A value cannot be sent."""


class LoadError(DataFormatError):
    """Bytes are no value, or one beyond a limit."""


class ChannelEnd(EOFError):
    """The channel was closed in the ordinary way: no more items come."""


class ConnectionLost(EOFError, OSError):
    """The coordinator is gone or has ended this gateway: nothing comes any more."""


class ProtocolError(Exception):
    """The peer did what no peer does; the connection ends."""


class InterruptedLate(KeyboardInterrupt):
    """The interrupt came while something was sent, and waited until it had been."""


class Unwritable(OSError):
    """Nothing more is written though the coordinator may well be there; the user should read why."""
