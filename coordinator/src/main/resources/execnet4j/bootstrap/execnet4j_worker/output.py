"""What the worker's process prints."""

from __future__ import annotations

import os
import sys


def flush_output() -> None:
    for stream in sys.stdout, sys.stderr:
        try:
            stream.flush()
        except Exception:  # a task may have put anything there
            pass


def private_descriptors(drop_output: bool) -> tuple[int, int]:
    """Moves the protocol away from descriptors 0 and 1, where tasks and what they start could get at it."""
    source, target = os.dup(0), os.dup(1)
    for each in source, target:
        os.set_blocking(each, True)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    try:
        os.dup2(null if drop_output else 2, 1)
    except OSError:  # there is no standard error
        os.dup2(null, 1)
    os.close(null)
    for stream in sys.stdout, sys.stderr:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return source, target
