"""Values to bytes."""

from __future__ import annotations

import struct

from execnet4j_worker.arrays import numbers_of, uniform_elements, write_packed
from execnet4j_worker.errors import DumpError
from execnet4j_worker.forms import COMPLEX128, FLOAT64, INT32, MAX_DEPTH, MAX_DIGITS, MAX_PAYLOAD, TOO_LONG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

KNOWN_TYPES = (
    "a channel carries None, bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, Channel, and"
    " array.array and numpy.ndarray of float64, float32, int32 and int64"
)
INT_ALONE = struct.Struct("!cic")
FLOAT_ALONE = struct.Struct("!cdc")
ONE_LETTER: dict[Any, bytes] = {None: b"L", True: b"R", False: b"C"}
CONTAINERS: dict[Any, bytes] = {list: b"K", dict: b"J", tuple: b"@", set: b"O", frozenset: b"E"}


def dumps(value: Any, channel_id: Callable[[Any], int | None], packed: bool = False) -> bytearray:
    """A value as a payload; ``channel_id(value)`` gives the id of a channel, or None for any other object.

    Arrays of numbers go in their packed form if the reader knows it, else as lists.
    """
    out = bytearray()
    try:
        _write(value, out, channel_id, packed, 0)
    except RecursionError:
        raise DumpError("cannot serialize the value: it nests too deeply for this thread's stack") from None
    except RuntimeError as e:
        raise DumpError(f"cannot serialize the value: {e}") from None
    out += b"Q"
    if len(out) > MAX_PAYLOAD:
        raise DumpError(f"cannot serialize the value: it takes more than {MAX_PAYLOAD} bytes")
    return out


def dumped_single(value: Any) -> bytes | None:
    """The payload of a value that stands alone and is of the most usual kinds; None for others."""
    kind = type(value)
    if kind is int:
        return INT_ALONE.pack(b"F", value, b"Q") if -0x80000000 <= value <= 0x7FFFFFFF else None
    if kind is float:
        return FLOAT_ALONE.pack(b"D", value, b"Q")
    return ONE_LETTER[value] + b"Q" if value is None or kind is bool else None


def _write(value: Any, out: bytearray, channel_id: Callable[[Any], int | None], packed: bool, depth: int) -> None:
    # One function, one stack frame for each level: two would not leave room for MAX_DEPTH.
    kind = type(value)
    if kind is str:
        try:
            text = value.encode("utf-8")
        except UnicodeEncodeError:
            raise DumpError("cannot serialize a str with a surrogate: it is no text") from None
        out += b"N" + INT32.pack(len(text))
        out += text
    elif kind is int:
        if -0x80000000 <= value <= 0x7FFFFFFF:
            out += b"F" + INT32.pack(value)
        else:
            text = _decimal(value)
            out += b"H" + INT32.pack(len(text))
            out += text
    elif kind is float:
        out += b"D" + FLOAT64.pack(value)
    elif value is None or kind is bool:
        out += ONE_LETTER[value]
    elif kind is bytes or kind is bytearray or kind is memoryview:
        size = value.nbytes if kind is memoryview else len(value)
        if size > MAX_PAYLOAD:
            raise DumpError(f"cannot serialize {size} bytes: the limit is {MAX_PAYLOAD}")
        out += b"A" + INT32.pack(size)
        out += value if kind is not memoryview or value.c_contiguous else value.tobytes()
    elif kind in CONTAINERS:
        if depth == MAX_DEPTH:
            raise DumpError(f"cannot serialize containers more than {MAX_DEPTH} deep; does one contain itself?")
        depth += 1
        if kind is list:
            count = len(value)
            out += b"K" + INT32.pack(count)
            numbers = uniform_elements(value, count)
            if numbers is not None:
                out += numbers
                return
            for index, item in enumerate(value):
                out += b"F" + INT32.pack(index)
                _write(item, out, channel_id, packed, depth)
                out += b"P"
            if len(value) != count:
                raise DumpError("cannot serialize a list that is changed meanwhile")
        elif kind is dict:
            out += b"J"
            for key, item in value.items():
                _write(key, out, channel_id, packed, depth)
                _write(item, out, channel_id, packed, depth)
                out += b"P"
        else:
            for item in value:
                _write(item, out, channel_id, packed, depth)
            out += CONTAINERS[kind] + INT32.pack(len(value))
    elif kind is complex:
        out += b"T" + COMPLEX128.pack(value.real, value.imag)
    else:
        elements = numbers_of(value)
        if elements is not None:
            if packed:
                write_packed(elements, out)
            else:
                _write(elements.tolist(), out, channel_id, packed, depth)
            return
        number = channel_id(value)
        if number is None:
            raise DumpError(f"cannot serialize {kind.__module__}.{kind.__qualname__}: {KNOWN_TYPES}")
        out += b"B" + INT32.pack(number)


def _decimal(number: int) -> bytes:
    try:
        if -TOO_LONG < number < TOO_LONG:
            return str(number).encode("ascii")
    except ValueError:  # this process has set a lower limit
        pass
    raise DumpError(f"cannot serialize an int of more than {MAX_DIGITS} decimal digits")
