"""Arrays and lists of numbers of one kind, which are moved whole instead of one number after the other."""

from __future__ import annotations

import array
import struct
import sys

from execnet4j_worker.errors import DumpError
from execnet4j_worker.forms import INT32, MAX_PAYLOAD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Opcodes of packed arrays by what struct and memoryview call their elements, in this machine's sizes.
PACKED = {"d": b"d", "f": b"f", "i": b"i", "q": b"q", "l": b"q" if struct.calcsize("l") == 8 else b"i"}
PACKED_ELEMENTS = {ord("d"): ("d", 8), ord("f"): ("f", 4), ord("i"): ("i", 4), ord("q"): ("q", 8)}


def numbers_of(value: Any) -> memoryview | None:
    """The elements of an array.array or a numpy array of a kind that has a packed form, None for any other object."""
    kind = type(value)
    if kind is not array.array and (kind.__module__, kind.__name__) != ("numpy", "ndarray"):
        return None
    try:
        elements = memoryview(value)
    except (ValueError, BufferError) as e:  # such as numpy's dates
        raise DumpError(f"cannot serialize a {kind.__name__}: {e}") from None
    if elements.format not in PACKED or elements.ndim != 1:
        raise DumpError(
            f"cannot serialize a {kind.__name__} of {elements.ndim} dimensions with elements {elements.format!r}: those"
            " of one dimension can be sent, of float64, float32, int32 and int64; or send its tobytes() or its tolist()"
        )
    return elements


def write_packed(elements: memoryview, out: bytearray) -> None:
    if elements.nbytes > MAX_PAYLOAD:
        raise DumpError(f"cannot serialize an array of {elements.nbytes} bytes: the limit is {MAX_PAYLOAD}")
    out += PACKED[elements.format] + INT32.pack(len(elements))
    if sys.byteorder == "big":
        swapped = array.array(elements.format, elements.tobytes())
        swapped.byteswap()
        elements = memoryview(swapped)
    out += elements if elements.c_contiguous else elements.tobytes()


# Long lists of nothing but floats, or nothing but int32, are moved by columns: the first byte of all elements, then the
# second of all, and so on. That is several times as fast as one element after the other.
UNIFORM = {float: (b"D", "d"), int: (b"F", "i")}
UNIFORM_BY_OPCODE = {ord("D"): ("d", 8), ord("F"): ("i", 4)}
UNIFORM_MINIMUM = 16


def uniform_elements(value: list[Any], count: int) -> bytearray | None:
    """A list's elements (index, value, SETITEM each), or None if they are not all of one of those kinds."""
    if count < UNIFORM_MINIMUM or type(value[0]) not in UNIFORM or len(set(map(type, value))) > 1:
        return None
    opcode, code = UNIFORM[type(value[0])]
    try:
        columns = struct.pack(f"!{count}{code}", *value)
    except struct.error:  # beyond int32, or changed meanwhile
        return None
    indexes = struct.pack(f"!{count}i", *range(count))
    width = len(columns) // count
    out = bytearray(b"F0000" + opcode + bytes(width) + b"P") * count
    for column in range(4):
        out[1 + column::7 + width] = indexes[column::4]
    for column in range(width):
        out[6 + column::7 + width] = columns[column::width]
    return out


def uniform_size(payload: bytes | bytearray, position: int, count: int) -> int:
    """Bytes of each element if the next ``count`` are as uniform_elements writes them, else 0."""
    if count < UNIFORM_MINIMUM or position + 7 * count > len(payload):
        return 0
    opcode = payload[position + 5]
    if opcode not in UNIFORM_BY_OPCODE:
        return 0
    size = 7 + UNIFORM_BY_OPCODE[opcode][1]
    end = position + size * count
    if end > len(payload):
        return 0
    fixed = {0: b"F", 5: bytes([opcode]), size - 1: b"P"}
    if any(payload[position + column:end:size] != each * count for column, each in fixed.items()):
        return 0
    indexes = struct.pack(f"!{count}i", *range(count))
    if any(payload[position + 1 + column:end:size] != indexes[column::4] for column in range(4)):
        return 0
    return size
