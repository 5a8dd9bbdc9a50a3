"""Bytes to values."""

from __future__ import annotations

import array
import re
import struct
import sys

from execnet4j_worker.arrays import PACKED_ELEMENTS, UNIFORM_BY_OPCODE, uniform_size
from execnet4j_worker.errors import LoadError
from execnet4j_worker.forms import COMPLEX128, FLOAT64, INT32, MAX_DEPTH, MAX_DIGITS, MAX_ELEMENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

INTEGER = re.compile(rb"0|-?[1-9][0-9]*")
INT_BYTES = 6
NO_CHANNELS: dict[int, Any] = {}


class Strings:
    """How strings are read: what a Python 2 wrote as text or bytes, what a Python 3 wrote as bytes or text."""

    __slots__ = ("py2_as_text", "py3_as_bytes")

    def __init__(self, py2_as_text: bool = True, py3_as_bytes: bool = False) -> None:
        self.py2_as_text = py2_as_text
        self.py3_as_bytes = py3_as_bytes


CHANNEL_STRINGS = Strings()


def loads(
    payload: bytes | bytearray,
    channels: dict[int, Any] = NO_CHANNELS,
    strings: Strings = CHANNEL_STRINGS,
) -> Any:
    """The value of a payload, which must fill all of it; ``channels`` has the objects for channel ids."""
    if len(payload) == INT_BYTES and payload[0] == 0x46 and payload[5] == 0x51:  # INT and STOP
        return INT32.unpack_from(payload, 1)[0]
    try:
        return _Loader(payload, channels, strings).run()
    except struct.error:
        raise LoadError(f"the data ends within an operand, after {len(payload)} bytes") from None
    except IndexError:
        raise LoadError(f"the data ends without STOP, after {len(payload)} bytes") from None


class _Loader:
    """The stack machine. Beside each value stands its depth: 0 for single values, 1 for an empty container."""

    # A list's element takes at least its index (5 bytes), a value (1) and SETITEM (1).
    ELEMENT_BYTES = 7

    def __init__(self, payload: bytes | bytearray, channels: dict[int, Any], strings: Strings) -> None:
        self.payload = payload
        self.channels = channels
        self.strings = strings
        self.values: list[Any] = []
        self.depths: list[int] = []
        self.position = 0
        self.elements = 0
        self.list_elements = 0

    def run(self) -> Any:
        payload, values, depths = self.payload, self.values, self.depths
        steps, push, deep = self.STEPS, values.append, depths.append
        int32, float64 = INT32.unpack_from, FLOAT64.unpack_from
        while True:
            opcode = payload[self.position]
            self.position += 1
            if opcode == 0x46 or opcode == 0x47:  # INT, LONG
                push(int32(payload, self.position)[0])
                self.position += 4
                deep(0)
            elif opcode == 0x50:  # SETITEM
                self.set_item()
            elif opcode == 0x44:  # FLOAT
                push(float64(payload, self.position)[0])
                self.position += 8
                deep(0)
            elif opcode == 0x51:  # STOP
                return self.result()
            elif opcode in steps:
                steps[opcode](self)
            else:
                raise self.failure(f"unknown opcode {opcode}")

    def failure(self, what: str) -> LoadError:
        return LoadError(f"{what}, before byte {self.position} of {len(self.payload)}")

    def push(self, value: object, depth: int = 0) -> None:
        self.values.append(value)
        self.depths.append(depth)

    def int32(self) -> int:
        number: int = INT32.unpack_from(self.payload, self.position)[0]
        self.position += 4
        return number

    def count(self) -> int:
        number = self.int32()
        if number < 0:
            raise self.failure("a negative count or length")
        return number

    def take_bytes(self) -> bytes:
        length = self.count()
        start = self.position
        if length > len(self.payload) - start:
            raise self.failure(f"{length} bytes are announced, more than there are")
        self.position = start + length
        with memoryview(self.payload) as payload:
            return bytes(payload[start:self.position])

    def count_elements(self, count: int) -> None:
        self.elements += count
        if self.elements > MAX_ELEMENTS:
            raise self.failure(f"more than {MAX_ELEMENTS} elements")

    def checked_depth(self, depth: int) -> int:
        if depth > MAX_DEPTH:
            raise self.failure(f"containers stand more than {MAX_DEPTH} deep in each other")
        return depth

    def text(self) -> None:
        content = self.take_bytes()
        try:
            self.push(content.decode("utf-8"))
        except UnicodeDecodeError:
            raise self.failure("text that is not UTF-8") from None

    def py3_string(self) -> None:
        if self.strings.py3_as_bytes:
            self.push(self.take_bytes())
        else:
            self.text()

    def py2_string(self) -> None:
        content = self.take_bytes()
        self.push(content.decode("latin-1") if self.strings.py2_as_text else content)

    def integer_text(self) -> None:
        digits = self.take_bytes()
        if len(digits) > MAX_DIGITS + 1 or not INTEGER.fullmatch(digits):
            raise self.failure(f"an integer that is not decimal text of at most {MAX_DIGITS} digits")
        try:
            self.push(int(digits))
        except ValueError as e:
            raise self.failure(f"an integer that this Python does not take ({e})") from None

    def packed_array(self) -> None:
        code, width = PACKED_ELEMENTS[self.payload[self.position - 1]]
        length = self.count() * width
        start = self.position
        if length > len(self.payload) - start:
            raise self.failure(f"an array of {length} bytes is announced, more than there are")
        self.position = start + length
        numbers = array.array(code)
        numbers.frombytes(memoryview(self.payload)[start:self.position])
        if sys.byteorder == "big":
            numbers.byteswap()
        self.push(numbers)

    def complex_number(self) -> None:
        self.push(complex(*COMPLEX128.unpack_from(self.payload, self.position)))
        self.position += 16

    def channel(self) -> None:
        number = self.int32()
        if number not in self.channels:
            raise self.failure(f"channel {number} cannot stand here")
        self.push(self.channels[number])

    def new_list(self) -> None:
        count = self.count()
        # Summed over all lists, so that not each of many can claim the whole rest of the data.
        self.list_elements += count
        if self.list_elements > len(self.payload) // self.ELEMENT_BYTES:
            raise self.failure(f"a list of {count} elements is announced, more than the data can hold")
        self.count_elements(count)
        size = uniform_size(self.payload, self.position, count)
        self.push(self.uniform_list(count, size) if size else [None] * count, 1)

    def uniform_list(self, count: int, size: int) -> list[Any]:
        payload, start, end = self.payload, self.position, self.position + size * count
        code, width = UNIFORM_BY_OPCODE[payload[start + 5]]
        columns = bytearray(width * count)
        for column in range(width):
            columns[column::width] = payload[start + 6 + column:end:size]
        self.position = end
        return list(struct.unpack(f"!{count}{code}", columns))

    def set_item(self) -> None:
        values, depths = self.values, self.depths
        if len(values) < 3:
            raise self.failure(f"SETITEM with {len(values)} values on the stack")
        value, key, container = values.pop(), values.pop(), values[-1]
        depth = depths.pop()
        key_depth = depths.pop()
        if type(container) is list:
            if type(key) is not int or not 0 <= key < len(container):
                raise self.failure(f"SETITEM with what is no index of a list of {len(container)}")
            container[key] = value
        elif type(container) is dict:
            self.count_elements(2)
            try:
                container[key] = value
            except TypeError:
                raise self.failure(f"a {type(key).__name__} as key of a dict") from None
            depth = max(depth, key_depth)
        else:
            raise self.failure("SETITEM on what is neither list nor dict")
        if depth >= depths[-1]:
            depths[-1] = self.checked_depth(depth + 1)

    def pop(self) -> tuple[list[Any], int]:
        count = self.count()
        rest = len(self.values) - count
        if rest < 0:
            raise self.failure(f"{count} values are announced, {len(self.values)} are on the stack")
        self.count_elements(count)
        items = self.values[rest:]
        depth = self.checked_depth(max(self.depths[rest:], default=0) + 1)
        del self.values[rest:], self.depths[rest:]
        return items, depth

    def build_tuple(self) -> None:
        items, depth = self.pop()
        self.push(tuple(items), depth)

    def build_set(self, kind: type = set) -> None:
        items, depth = self.pop()
        try:
            self.push(kind(items), depth)
        except TypeError:
            raise self.failure("a list, dict or set as element of a set") from None

    def build_frozenset(self) -> None:
        self.build_set(frozenset)

    def result(self) -> Any:
        if len(self.values) != 1:
            raise self.failure(f"STOP with {len(self.values)} values on the stack")
        if self.position != len(self.payload):
            raise self.failure("more bytes follow the value")
        return self.values[0]

    STEPS: dict[int, Callable[[_Loader], None]] = {
        ord("@"): build_tuple,
        ord("A"): lambda self: self.push(self.take_bytes()),
        ord("B"): channel,
        ord("C"): lambda self: self.push(False),
        ord("E"): build_frozenset,
        ord("H"): integer_text,
        ord("I"): integer_text,
        ord("J"): lambda self: self.push({}, 1),
        ord("K"): new_list,
        ord("L"): lambda self: self.push(None),
        ord("M"): py2_string,
        ord("N"): py3_string,
        ord("O"): build_set,
        ord("R"): lambda self: self.push(True),
        ord("S"): text,
        ord("T"): complex_number,
        ord("d"): packed_array,
        ord("f"): packed_array,
        ord("i"): packed_array,
        ord("q"): packed_array,
    }
