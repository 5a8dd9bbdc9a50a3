"""Text that is safe to send and to show."""

from __future__ import annotations

import os
import re
import traceback

from execnet4j_worker.dumping import dumps

MAX_TEXT = 1 << 16
# And what turns the direction of writing: embeddings, overrides and isolates of Unicode's annex 9.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def in_short(error: BaseException) -> str:
    """An exception in a line."""
    try:
        return "".join(traceback.format_exception_only(type(error), error)).strip()
    except Exception:
        return type(error).__name__


def fault_text(error: BaseException) -> str:
    """An exception that should not be, with the place that raised it."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "" if place is None else f" ({place.tb_frame.f_code.co_filename}, line {place.tb_lineno})"
    return in_short(error) + where


def harmless(text: str) -> str:
    """Text that is safe to send and show: bounded, no control characters but tab and line end, no half characters."""
    if len(text) > MAX_TEXT:
        # What matters most stands at the end of a traceback.
        text = text[:MAX_TEXT // 4] + f"\n... ({len(text)} characters in all)\n" + text[-MAX_TEXT // 2:]
    return CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def encoded_text(text: object) -> bytearray:
    return dumps(harmless(str(text)), lambda value: None)


def complain(text: str) -> None:
    """For the user who reads the worker's standard error."""
    try:
        os.write(2, f"execnet4j: {text}\n".encode("utf-8", "backslashreplace"))
    except OSError:
        pass
