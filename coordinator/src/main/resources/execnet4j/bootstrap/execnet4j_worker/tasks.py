"""What a task is."""

from __future__ import annotations

from execnet4j_worker.tracebacks import TaskSource

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from execnet4j_worker.channel import Channel

CO_VARARGS = 0x04  # as in the module inspect, which is slow to import


class Task:
    """Source text to run as it is, or a function of it to call. The coordinator takes away what it is indented by."""

    def __init__(self, source: str, file: str | None, function: str | None, kwargs: dict[str, Any]) -> None:
        self.source = TaskSource(file or "<remote exec>", source)
        self.function = function
        self.kwargs = kwargs

    @staticmethod
    def of(value: object) -> Task | None:
        """The task that an EXEC payload describes, None if it is something else."""
        if type(value) is not tuple or len(value) != 4:
            return None
        source, file, function, kwargs = value
        well_formed = (
            isinstance(source, str)
            and isinstance(file, (str, type(None)))
            and isinstance(function, (str, type(None)))
            and isinstance(kwargs, dict)
            and all(isinstance(name, str) for name in kwargs)
        )
        return Task(source, file, function, kwargs) if well_formed else None

    def run(self, channel: Channel) -> None:
        namespace: dict[str, Any] = {"__name__": "__channelexec__", "__loader__": self.source, "channel": channel}
        self.source.remember()
        exec(compile(self.source.source, self.source.name, "exec", dont_inherit=True), namespace)
        if self.function is not None:
            if self.function not in namespace:
                raise NameError(f"{self.source.name} defines no {self.function!r}")
            function = namespace[self.function]
            self._check_takes_channel(function)
            function(channel, **self.kwargs)

    def _check_takes_channel(self, function: object) -> None:
        """Has a function that is not meant to be a task fail before it takes the channel for something else."""
        code = getattr(function, "__code__", None)
        if code is None:  # an object of some other kind, whose parameters cannot be told so simply
            return
        positional = code.co_varnames[: code.co_argcount]
        takes_all = code.co_flags & CO_VARARGS and not positional
        if positional[:1] != ("channel",) and not takes_all:
            what = repr(positional[0]) if positional else "missing"
            raise TypeError(
                f"{self.source.name}: the first parameter of {self.function!r} has to be 'channel', and is {what}"
            )
