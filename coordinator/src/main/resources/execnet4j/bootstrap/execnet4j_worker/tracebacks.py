"""Errors as text."""

from __future__ import annotations

import collections
import linecache
import re
import threading
import traceback

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator

TRACEBACK = "Traceback (most recent call last):\n"
NO_MEMORY = TRACEBACK + "MemoryError: there is not even enough for the rest of this traceback\n"
# So many frames in a row are kept, half of them from either end.
MAX_FRAMES = 100
FRAME = re.compile(r'[ |]+(File "|\[Previous line repeated)')
OWN = "<execnet4j "  # what the names of our own sources begin with
LINE_CACHE = threading.Lock()


class TaskSource:
    """A task's source text, for tracebacks: as ``__loader__`` of its globals it is found from each of its frames."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = source

    def get_source(self, _name: str) -> str:
        return self.source

    def remember(self) -> None:
        lines = [line + "\n" for line in self.source.split("\n")]
        linecache.cache[self.name] = (len(self.source), None, lines, self.name)


def error_text(error: BaseException) -> str:
    """The traceback as the other side shall read it, without our own frames, and not too many others."""
    try:
        with LINE_CACHE:
            # Texts share one name: the cache must have the one that failed while the lines are looked up.
            loaders = {id(each): each for each in _loaders(error)}
            for loader in loaders.values():
                loader.remember()
            report = traceback.TracebackException(type(error), error, error.__traceback__)
        _leave_out_own_frames(report)
        text = "".join(_shortened(report.format()))
    except MemoryError:
        text = NO_MEMORY
    except Exception as e:  # an exception may be of any kind, and so may what its own methods raise
        text = f"{type(error).__name__}, whose text could not be made because of {type(e).__name__}\n"
    text = text.rstrip("\n")
    return text if text.startswith("Traceback") else TRACEBACK + text


def _loaders(error: BaseException) -> Iterator[TaskSource]:
    for frame, _ in traceback.walk_tb(error.__traceback__):
        loader = frame.f_globals.get("__loader__")
        if isinstance(loader, TaskSource):
            yield loader


def _leave_out_own_frames(report: traceback.TracebackException) -> None:
    reports: list[Any] = [report]
    while reports:
        each = reports.pop()
        if each is None:
            continue
        if each.stack is not None:
            each.stack[:] = [frame for frame in each.stack if not frame.filename.startswith(OWN)]
        reports += (each.__cause__, each.__context__, *(getattr(each, "exceptions", None) or ()))


def _shortened(entries: Iterator[str]) -> Iterator[str]:
    """The entries of a traceback; of a long run of frames those in the middle are left out."""
    begin = left = 0
    end: collections.deque[str] = collections.deque()
    for entry in entries:
        if not FRAME.match(entry):
            yield from _rest_of_run(end, left)
            begin = left = 0
            yield entry
        elif begin < MAX_FRAMES // 2:
            begin += 1
            yield entry
        else:
            end.append(entry)
            if len(end) > MAX_FRAMES // 2:
                end.popleft()
                left += 1
    yield from _rest_of_run(end, left)


def _rest_of_run(end: collections.deque[str], left: int) -> Iterator[str]:
    if left:
        yield f"  ... {left} more in between\n"
    yield from end
    end.clear()
