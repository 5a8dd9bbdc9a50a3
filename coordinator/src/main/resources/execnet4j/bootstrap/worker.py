"""The Python worker of execnet4j: runs tasks for a coordinator and talks to it over channels.

The coordinator sends this file over stdin to any Python from 3.8 on; it needs nothing but the standard library and
writes nothing to disk. ``main`` at the end is where it starts. A package's worth of parts stands in this one file, from
the wire upwards: values, frames, flow control, channels, the connection, tasks, and the way to the exit.

Threads: the reader parses frames and hands them over, runs no code of users, writes nothing and waits for no channel.
The writer is the only one to touch the output. Tasks run in the main thread or in threads of their own, callbacks on a
pool. The exit thread waits for the end, and a process beside this one sees to that it comes. Locks: a link's, the
connection's, the runner's and the writer's are never held together; the budget's is the only one taken while another (a
link's) is held.
"""

from __future__ import annotations

import array
import atexit
import collections
import errno
import functools
import gc
import linecache
import os
import re
import select
import signal
import struct
import sys
import threading
import time
import traceback
import weakref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterator

READY = b"1"

# Kinds of frame: 0 to 7 are execnet's, from 64 up they are extensions that both sides have agreed on.
STATUS, RECONFIGURE, TERMINATE, EXEC, DATA, CLOSE, CLOSE_ERROR, LAST_MESSAGE = range(8)
HELLO, CREDIT = 64, 65

HEADER = struct.Struct("!bii")
MAX_PAYLOAD = 1 << 30
INT32 = struct.Struct("!i")
INT64 = struct.Struct("!q")
FLOAT64 = struct.Struct("!d")
COMPLEX128 = struct.Struct("!dd")

MAX_DEPTH = 500
MAX_ELEMENTS = 100_000_000
# What every Python's int() and str() take; 10 ** MAX_DIGITS is the first integer with more.
MAX_DIGITS = 4300
TOO_LONG = 10 ** MAX_DIGITS


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


class Unwritable(OSError):
    """Nothing more is written though the coordinator may well be there; the user should read why."""


# --- values ---------------------------------------------------------------------------------------------------------

KNOWN_TYPES = (
    "a channel carries None, bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, Channel, and"
    " array.array and numpy.ndarray of float64, float32, int32 and int64"
)
ONE_LETTER = {None: b"L", True: b"R", False: b"C"}


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
            numbers = _uniform_elements(value, count)
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
        elements = _numbers(value)
        if elements is not None:
            if packed:
                _write_packed(elements, out)
            else:
                _write(elements.tolist(), out, channel_id, packed, depth)
            return
        number = channel_id(value)
        if number is None:
            raise DumpError(f"cannot serialize {kind.__module__}.{kind.__qualname__}: {KNOWN_TYPES}")
        out += b"B" + INT32.pack(number)


# Opcodes of packed arrays by what struct and memoryview call their elements, in this machine's sizes.
PACKED = {"d": b"d", "f": b"f", "i": b"i", "q": b"q", "l": b"q" if struct.calcsize("l") == 8 else b"i"}
PACKED_ELEMENTS = {ord("d"): ("d", 8), ord("f"): ("f", 4), ord("i"): ("i", 4), ord("q"): ("q", 8)}


def _numbers(value: Any) -> memoryview | None:
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


def _write_packed(elements: memoryview, out: bytearray) -> None:
    if elements.nbytes > MAX_PAYLOAD:
        raise DumpError(f"cannot serialize an array of {elements.nbytes} bytes: the limit is {MAX_PAYLOAD}")
    out += PACKED[elements.format] + INT32.pack(len(elements))
    if sys.byteorder == "big":
        swapped = array.array(elements.format, elements.tobytes())
        swapped.byteswap()
        elements = memoryview(swapped)
    out += elements if elements.c_contiguous else elements.tobytes()


CONTAINERS: dict[Any, bytes] = {list: b"K", dict: b"J", tuple: b"@", set: b"O", frozenset: b"E"}


def _decimal(number: int) -> bytes:
    try:
        if -TOO_LONG < number < TOO_LONG:
            return str(number).encode("ascii")
    except ValueError:  # this process has set a lower limit
        pass
    raise DumpError(f"cannot serialize an int of more than {MAX_DIGITS} decimal digits")


# Long lists of nothing but floats, or nothing but int32, are moved by columns: the first byte of all elements, then the
# second of all, and so on. That is several times as fast as one element after the other.
UNIFORM = {float: (b"D", "d"), int: (b"F", "i")}
UNIFORM_BY_OPCODE = {ord("D"): ("d", 8), ord("F"): ("i", 4)}
UNIFORM_MINIMUM = 16


def _uniform_elements(value: list[Any], count: int) -> bytearray | None:
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


def _uniform_size(payload: bytes, position: int, count: int) -> int:
    """Bytes of each element if the next ``count`` are as _uniform_elements writes them, else 0."""
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


# Bytes after the opcode; those of LENGTH_AND_BYTES have a length and as many bytes.
OPERANDS = {ord(letter): 4 for letter in "@BEFGKO"}
OPERANDS.update({ord(letter): 0 for letter in "CJLPQR"})
OPERANDS.update({ord("D"): 8, ord("T"): 16})
LENGTH_AND_BYTES = frozenset(b"AHIMNS")
INTEGER = re.compile(rb"0|-?[1-9][0-9]*")
NO_CHANNELS: dict[int, Any] = {}


def channel_ids(payload: bytes) -> list[int]:
    """The ids of all channels in a payload, in order, without building anything."""
    ids: list[int] = []
    position, end = 0, len(payload)
    if b"B" not in payload:
        return ids
    while position < end:
        opcode = payload[position]
        position += 1
        if opcode in LENGTH_AND_BYTES:
            position += 4
            if position > end:
                break
            (length,) = INT32.unpack_from(payload, position - 4)
            if length < 0:
                raise LoadError(f"a negative length at byte {position - 4}")
            position += length
        elif opcode in OPERANDS:
            position += OPERANDS[opcode]
            if opcode == 0x42 and position <= end:  # CHANNEL
                ids += INT32.unpack_from(payload, position - 4)
            elif opcode == 0x4B and position <= end:  # NEWLIST
                (count,) = INT32.unpack_from(payload, position - 4)
                position += count * _uniform_size(payload, position, count)
        elif opcode in PACKED_ELEMENTS:
            position += 4
            if position > end:
                break
            (count,) = INT32.unpack_from(payload, position - 4)
            if count < 0:
                raise LoadError(f"a negative count at byte {position - 4}")
            position += count * PACKED_ELEMENTS[opcode][1]
        else:
            raise LoadError(f"unknown opcode {opcode} at byte {position - 1}")
    if position > end:
        raise LoadError(f"the data ends within an operand, after {end} bytes")
    return ids


class Strings:
    """How strings are read: what a Python 2 wrote as text or bytes, what a Python 3 wrote as bytes or text."""

    __slots__ = ("py2_as_text", "py3_as_bytes")

    def __init__(self, py2_as_text: bool = True, py3_as_bytes: bool = False) -> None:
        self.py2_as_text = py2_as_text
        self.py3_as_bytes = py3_as_bytes


CHANNEL_STRINGS = Strings()


def loads(payload: bytes, channels: dict[int, Any] = NO_CHANNELS, strings: Strings = CHANNEL_STRINGS) -> Any:
    """The value of a payload, which must fill all of it; ``channels`` has the objects for channel ids."""
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

    def __init__(self, payload: bytes, channels: dict[int, Any], strings: Strings) -> None:
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
        (number,) = INT32.unpack_from(self.payload, self.position)
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
        return self.payload[start:self.position]

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
        size = _uniform_size(self.payload, self.position, count)
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


# --- frames ---------------------------------------------------------------------------------------------------------


def frames(stream: Any) -> Iterator[tuple[int, int, bytes]]:
    """The frames of a buffered stream: (kind, channel id, payload), until its end between two frames."""
    # A claimed length up to this is allocated at once; beyond it only what has really come.
    trusted = 1 << 24
    while True:
        header = stream.read(HEADER.size)
        if not header:
            return
        if len(header) < HEADER.size:
            raise ProtocolError("the stream ended within a frame's header")
        kind, number, length = HEADER.unpack(header)
        if not 0 <= length <= MAX_PAYLOAD:
            raise ProtocolError(f"a frame of type {kind} claims {length} bytes; the limit is {MAX_PAYLOAD}")
        pieces = []
        missing = length
        while missing:
            wanted = min(missing, trusted)
            piece = stream.read(wanted)
            if len(piece) < wanted:
                raise ProtocolError(f"the stream ended within a frame's payload of {length} bytes")
            pieces.append(piece)
            missing -= wanted
        yield kind, number, pieces[0] if len(pieces) == 1 else b"".join(pieces)


class FrameWriter:
    """The only writer of the output. Others queue frames, so that a peer that does not read holds this thread alone."""

    ROOM = 1 << 20  # while as many bytes wait, put waits too
    PILE = 1 << 26  # so much may wait of what offer queues without waiting
    BATCH = 1 << 16

    def __init__(self, descriptor: int, on_failure: Callable[[OSError], None]) -> None:
        self._descriptor = descriptor
        self._on_failure = on_failure
        self._changed = threading.Condition(threading.Lock())
        self._frames: collections.deque[tuple[int, int, Any, bool]] = collections.deque()
        self._waiting = 0
        self._piled = 0  # of that, what offer has queued
        self._finishing = False
        self._failure: OSError | None = None
        # Made beforehand, for when there is none to make it.
        self._no_memory = Unwritable("no memory was left to write with")
        self._jobs: collections.deque[Callable[[], None]] = collections.deque()
        # Released to wake the thread. A bare lock and a deque, because finalizers use them at any moment, even while
        # their thread holds one of the other locks.
        self._wake = threading.Lock()
        self._wake.acquire()
        self.closed = threading.Event()

    def put(
        self,
        kind: int,
        number: int,
        payload: bytes | bytearray,
        deadline: float | None,
        wanted: Callable[[], bool] = lambda: True,
    ) -> bool:
        """Queues a frame when there is room; false if the deadline passed before, or it is not wanted any more.

        ``wanted`` is asked again after ``reconsider``, with a lock held. Between the last yes and the frame's place in
        the queue no other frame comes.
        """
        with self._changed:
            self._require_open()
            while wanted() and self._waiting >= self.ROOM:
                left = time_left(deadline)
                if left == 0:
                    return False
                self._changed.wait(left)
                self._require_open()
            if not wanted():
                return False
            self._enqueue(kind, number, payload, False)
        self._poke()
        return True

    def reconsider(self) -> None:
        """Has everybody who waits for room ask again whether the frame is wanted."""
        with self._changed:
            self._changed.notify_all()

    def offer(self, kind: int, number: int, payload: bytes | bytearray = b"") -> None:
        """Queues a frame without waiting; forgets it if nothing can be written any more."""
        with self._changed:
            if self._failure is None and not self._finishing:
                # A large item before it is no sign of a peer that does not read.
                if self._piled >= self.PILE:
                    self._failure = Unwritable(f"the peer is not reading: {self._waiting} bytes wait")
                    THREADS.start(self._fail)
                self._enqueue(kind, number, payload, True)
        self._poke()

    def later(self, job: Callable[[], None]) -> None:
        """Has the writer thread call something short. For finalizers: takes no lock."""
        self._jobs.append(job)
        self._poke()

    def finish(self, patience: float) -> None:
        """Lets what is queued be written, then closes the output, and waits for that."""
        with self._changed:
            self._finishing = True
            self._changed.notify_all()
        self._poke()
        self.closed.wait(patience)

    def run(self) -> None:
        """The writer thread. Whatever ends it, the output is closed, and all who wait for it are told."""
        failure: OSError | None = self._no_memory
        try:
            self._write_until_finished()
            failure = None
        except OSError as e:
            failure = e
        except MemoryError:
            pass
        except BaseException as e:
            failure = Unwritable(f"the writer failed: {in_short(e)}")
        finally:
            self._failure = self._failure or failure
            for step in self._refuse, self._close, self.closed.set, self._fail:
                guarded(step)

    def _write_until_finished(self) -> None:
        finished = False
        while not finished:
            self._wake.acquire()
            while self._jobs:
                guarded(self._jobs.popleft())
            finished = self._finishing
            while self._write_some():
                pass

    def _refuse(self) -> None:
        with self._changed:
            self._frames.clear()
            self._changed.notify_all()

    def _close(self) -> None:
        try:
            os.close(self._descriptor)
        except OSError:
            pass

    def abandon_in_child(self) -> None:
        """After a fork, in the child: nothing is sent from there, and the parent's end must not stay open there."""
        self._changed = threading.Condition(threading.Lock())
        self._failure = OSError(errno.EBADF, "a forked child of the worker cannot use its channels")
        os.close(self._descriptor)

    def _require_open(self) -> None:
        if self._failure is not None or self._finishing:
            raise ConnectionLost(f"nothing can be sent any more: {self._failure or 'the worker is ending'}")

    def _enqueue(self, kind: int, number: int, payload: bytes | bytearray, offered: bool) -> None:
        self._frames.append((kind, number, payload, offered))
        self._waiting += HEADER.size + len(payload)
        if offered:
            self._piled += HEADER.size + len(payload)

    def _fail(self) -> None:
        if self._failure is not None:
            self._on_failure(self._failure)

    def _poke(self) -> None:
        try:
            self._wake.release()
        except RuntimeError:  # it is awake, or about to look
            pass

    def _write_some(self) -> bool:
        batch = bytearray()
        large: bytes | bytearray = b""
        with self._changed:
            if self._failure is not None:
                raise self._failure
            while self._frames and not large and len(batch) < self.BATCH:
                kind, number, payload, offered = self._frames.popleft()
                if offered:
                    self._piled -= HEADER.size + len(payload)
                batch += HEADER.pack(kind, number, len(payload))
                if len(payload) > self.BATCH:
                    large = payload
                else:
                    batch += payload
        self._write_all(batch)
        self._write_all(large)
        with self._changed:
            self._waiting -= len(batch) + len(large)
            self._changed.notify_all()
        return bool(batch)

    def _write_all(self, content: bytes | bytearray) -> None:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._descriptor, rest):]


def guarded(job: Callable[[], object]) -> None:
    """Calls what must not keep its caller from going on, whatever it raises."""
    try:
        job()
    except MemoryError:  # for which a complaint has none either
        pass
    except BaseException as e:
        complain(f"a fault in execnet4j itself: {in_short(e)}")


def deadline_in(timeout: float | None) -> float | None:
    return None if timeout is None else time.monotonic() + timeout


def time_left(deadline: float | None) -> float | None:
    return None if deadline is None else max(0.0, deadline - time.monotonic())


# --- flow control ---------------------------------------------------------------------------------------------------

WINDOW = 1 << 16  # what each channel may always have on its way or unread; part of the extension's definition
MAX_CREDIT = 1 << 40
UNLIMITED = 1 << 62


class Budget:
    """What the gateway lends its channels beyond their own windows, in encoded bytes."""

    def __init__(self, size: int) -> None:
        self._lock = threading.Lock()
        self._left = size

    def try_lend(self, size: int) -> bool:
        with self._lock:
            if self._left < size:
                return False
            self._left -= size
            return True

    def give_back(self, size: int) -> None:
        with self._lock:
            self._left += size


class Window:
    """The receiving side's account of one channel, in encoded bytes. Guarded by the link's lock.

    What arrives is charged to the budget if that has room, and then the sender may send as much again at once;
    otherwise it is held against the channel's own window until somebody takes it.
    """

    __slots__ = ("_budget", "_piece", "_sender_credit", "_held", "_lent", "_unannounced")

    def __init__(self, budget: Budget, announcing: bool) -> None:
        self._budget = budget
        # Announced in pieces, so that small items do not each cost a frame.
        self._piece = WINDOW // 2 if announcing else 1
        self._sender_credit = WINDOW
        self._held = 0
        self._lent = 0
        self._unannounced = 0

    def may_arrive(self) -> bool:
        return self._sender_credit > 0

    def arrived(self, size: int) -> int:
        """The result is the credit to announce now, 0 for none."""
        self._sender_credit -= size
        if self._budget.try_lend(size):
            self._lent += size
            return self._grant(size)
        self._held += size
        return 0

    def taken(self, size: int) -> int:
        """The result is the credit to announce now, 0 for none."""
        from_held = min(self._held, size)
        self._held -= from_held
        self._lent -= size - from_held
        self._budget.give_back(size - from_held)
        return self._grant(from_held)

    def abandon(self) -> None:
        """Nobody will ever take what waits."""
        self._budget.give_back(self._lent)
        self._lent = self._held = 0

    def waiting(self) -> int:
        return self._held + self._lent

    def _grant(self, size: int) -> int:
        self._unannounced += size
        if self._unannounced < self._piece:
            return 0
        announced, self._unannounced = self._unannounced, 0
        self._sender_credit += announced
        return announced


# --- channels -------------------------------------------------------------------------------------------------------


class Threads:
    """An elastic pool of daemon threads. One stays, and does in turn what no further thread can be had for."""

    IDLE_SECONDS = 10.0

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.Lock())
        self._jobs: collections.deque[Callable[[], None]] = collections.deque()
        self._idle = 0

    def begin(self) -> None:
        """Starts the thread that stays."""
        self._add(None)

    def start(self, job: Callable[[], None]) -> None:
        with self._changed:
            self._jobs.append(job)
            if len(self._jobs) <= self._idle:
                self._changed.notify()
                return
        try:
            self._add(self.IDLE_SECONDS)
        except (RuntimeError, MemoryError):  # no more threads can be had
            pass

    def _add(self, patience: float | None) -> None:
        threading.Thread(target=self._work, args=(patience,), name="execnet4j-pool", daemon=True).start()

    def _work(self, patience: float | None) -> None:
        while True:
            with self._changed:
                self._idle += 1
                while not self._jobs:
                    if not self._changed.wait(patience) and not self._jobs:
                        self._idle -= 1
                        return
                self._idle -= 1
                job = self._jobs.popleft()
            guarded(job)


THREADS = Threads()

# Where a channel stands. It only ever moves upwards.
OPEN, SEND_ONLY, CLOSED = range(3)
# What can happen to it: the peer sends no more; a side closed it; the input ended, while the output may still work.
PEER_LAST_MESSAGE, CLOSING, INPUT_END = range(3)


def state_after(state: int, event: int) -> int:
    if event == CLOSING:
        return CLOSED
    return max(state, SEND_ONLY)


class Ending:
    """Why no more items come out of a channel."""

    __slots__ = ("kind", "text", "once", "cause")

    def __init__(self, kind: type, text: str, once: bool = False, cause: BaseException | None = None) -> None:
        self.kind = kind
        self.text = text
        # Told only to the first who asks; after that the channel is just closed.
        self.once = once
        self.cause = cause

    def is_ordinary(self) -> bool:
        return self.kind is ChannelEnd

    def error(self, link: Link) -> Exception:
        if self.kind is RemoteError:
            return RemoteError(self.text)
        error = self.kind(f"{link}: {self.text}")
        error.__cause__ = self.cause
        return error


ORDINARY_END = Ending(ChannelEnd, "no more items come")


class Item:
    """A received item, still encoded, so that what waits costs what was counted for it; and the channels it names."""

    __slots__ = ("payload", "channels", "strings")

    def __init__(self, payload: bytes, channels: dict[int, Any], strings: Strings) -> None:
        self.payload = payload
        self.channels = channels
        self.strings = strings

    def cost(self) -> int:
        return HEADER.size + len(self.payload)


END = Item(b"", NO_CHANNELS, CHANNEL_STRINGS)


class Link:
    """A channel as the connection knows it. It outlives the users' Channel while a callback takes its items."""

    def __init__(self, connection: Connection, number: int, of_task: bool = False) -> None:
        self.connection = connection
        self.id = number
        # A task in this process runs on it: the end of the task closes it, nothing else may.
        self.of_task = of_task
        self.state = OPEN
        self.strings: Strings | None = None
        self._changed = threading.Condition(threading.Lock())
        self._items: collections.deque[Item] = collections.deque()
        self._window = Window(connection.budget, connection.extensions)
        self._ending: Ending | None = None
        self._told = False
        self._callback: Callback | None = None
        self._credit = WINDOW if connection.extensions else UNLIMITED
        self._no_more_credit = False
        # The peer may know it: it stood in an item.
        self.named = False
        self._channel: Callable[[], Channel | None] = lambda: None

    def __repr__(self) -> str:
        return f"<Channel id={self.id} {'closed' if self.state == CLOSED else 'open'}>"

    def channel(self) -> Channel:
        """The Channel of this link: the same one for as long as anybody has it."""
        with self._changed:
            channel = self._channel()
            if channel is None:
                channel = Channel(self)
                self._channel = weakref.ref(channel)
            return channel

    # For the reader thread.

    def deliver(self, item: Item) -> None:
        with self._changed:
            if self._ending is not None:
                return
            accepted = self._window.may_arrive()
            if accepted:
                credit = self._window.arrived(item.cost())
                self._items.append(item)
                self._changed.notify_all()
            callback = self._callback
        if not accepted:
            self.connection.overflow(self, item.cost())
            return
        self.connection.announce_credit(self.id, credit)
        if callback is not None:
            callback.available()

    def credit(self, size: int) -> None:
        with self._changed:
            self._credit += size
            self._changed.notify_all()

    # For anybody.

    def end(self, event: int, ending: Ending) -> bool:
        """Moves the state on and wakes everybody; true if that closed the channel."""
        with self._changed:
            before = self.state
            self.state = state_after(before, event)
            if event == INPUT_END:
                # Also where the peer had said before that it sends no more items.
                self._no_more_credit = True
                self._changed.notify_all()
            if self.state == before:
                return False
            if self._ending is None:
                self._ending = ending
            self._changed.notify_all()
            callback = self._callback
            closed = self.state == CLOSED
        if closed:
            self.connection.forget(self)
            self.connection.writer.reconsider()
        if callback is not None:
            callback.available()
        return closed

    def peer_closed(self, ending: Ending) -> None:
        """An item on its way may name it, and have the peer open it anew: then the peer must hear that it is closed."""
        if self.end(CLOSING, ending) and self.named:
            self.connection.offer(CLOSE, self.id)

    def close_here(self, ending: Ending, kind: int, payload: bytes | bytearray = b"") -> None:
        if self.end(CLOSING, ending):
            self.connection.offer(kind, self.id, payload)

    def task_ended(self, error: str | None) -> None:
        if error is None:
            self.close_here(ORDINARY_END, CLOSE)
        else:
            self.close_here(ORDINARY_END, CLOSE_ERROR, encoded_text(error))

    def refuse(self, size: int) -> None:
        """Closes it because it holds all that it may for a peer that knows no flow control."""
        with self._changed:
            held = self._window.waiting()
        text = f"its items were not received: {held} bytes wait, a further item of {size} bytes was refused"
        notice = f"the receiver held {held} unread bytes and takes no more"
        self.close_here(Ending(EOFError, text, once=True), CLOSE_ERROR, encoded_text(notice))

    def dropped(self) -> None:
        """Nobody has the Channel any more."""
        with self._changed:
            if self._channel() is not None:
                return
            callback = self._callback
        if not self.connection.is_live():
            return  # who is at the other side has ended this, or is gone, and takes a CLOSE for the task's end
        if callback is not None:
            if self.state == OPEN:
                self.connection.offer(LAST_MESSAGE, self.id)
            return
        self.close_here(ORDINARY_END, CLOSE)
        with self._changed:
            self._items.clear()
            self._window.abandon()

    # For users' threads.

    def send(self, value: object, timeout: float | None) -> None:
        payload, named = self.connection.encode_item(value)
        deadline = deadline_in(timeout)
        cost = HEADER.size + len(payload)
        with self._changed:
            while self.state != CLOSED and self._credit <= 0 and not self._no_more_credit:
                self._wait(deadline, "send: the other side has too much unread")
            if self.state == CLOSED or self._credit <= 0:
                raise self._unsendable()
            self._credit -= cost
        sent = False
        try:
            sent = self.connection.writer.put(DATA, self.id, payload, deadline, lambda: self.state != CLOSED)
        finally:
            if not sent:
                self.credit(cost)
        if not sent:
            if self.state == CLOSED:
                raise self._unsendable()
            raise TimeoutError(f"{self}: timed out in send: nothing that is sent is read")
        for link in named:
            if link.state == CLOSED:
                # Before the item was queued: the peer opens it anew and must hear so again.
                self.connection.offer(CLOSE, link.id)

    def _unsendable(self) -> Exception:
        if self._ending is not None and self._ending.kind is ConnectionLost:
            return self._ending.error(self)
        return OSError(f"{self}: cannot send, the channel is closed")

    def receive(self, timeout: float | None) -> Any:
        deadline = deadline_in(timeout)
        with self._changed:
            if self._callback is not None:
                raise OSError(f"{self}: its items go to a callback; they cannot be received as well")
            while not self._items:
                if self._ending is not None:
                    raise self._tell(self._ending)
                self._wait(deadline, "receive")
            item = self._items.popleft()
        self.taken(item)
        return self.value(item)

    def wait_close(self, timeout: float | None) -> None:
        deadline = deadline_in(timeout)
        with self._changed:
            callback = self._callback
            if callback is not None and callback.is_busy_here():
                raise RuntimeError(f"{self}: waitclose within its own callback would wait for itself")
            while self._ending is None or (self._callback is not None and not self._callback.finished):
                self._wait(deadline, "waitclose")
            if not self._ending.is_ordinary() and not self._told:
                raise self._tell(self._ending)

    def set_callback(self, callback: Callable[[Any], Any], endmarker: object) -> None:
        with self._changed:
            if self._callback is not None:
                raise OSError(f"{self}: a callback takes its items already")
            taker = self._callback = Callback(self, callback, endmarker)
            due = bool(self._items) or self._ending is not None
        if due:
            taker.available()

    # For callbacks.

    def value(self, item: Item) -> Any:
        try:
            return loads(item.payload, item.channels, item.strings)
        except LoadError as e:
            self.connection.violated(f"an item is no value: {e}")
            raise

    def next(self) -> Item | None:
        """The next item, END after the last, None if nothing is there yet."""
        with self._changed:
            if self._items:
                return self._items.popleft()
            return None if self._ending is None else END

    def has_next(self) -> bool:
        with self._changed:
            return bool(self._items) or self._ending is not None

    def taken(self, item: Item) -> None:
        """Somebody is done with an item: its bytes may be sent again."""
        with self._changed:
            credit = self._window.taken(item.cost())
        self.connection.announce_credit(self.id, credit)

    def callback_failed(self, error: BaseException) -> None:
        """The callback gets no more items, and that is why the channel ends if nothing else was before."""
        why = Ending(EOFError, f"closed because its callback failed: {in_short(error)}", once=True, cause=error)
        with self._changed:
            for item in self._items:
                self._window.taken(item.cost())
            self._items.clear()
            if self._ending is not None and self._ending.is_ordinary():
                self._ending = why
        self.close_here(why, CLOSE_ERROR, encoded_text(error_text(error)))

    def callback_finished(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _wait(self, deadline: float | None, what: str) -> None:
        left = time_left(deadline)
        if left == 0:
            raise TimeoutError(f"{self}: timed out in {what}")
        self._changed.wait(left)

    def _tell(self, ending: Ending) -> Exception:
        if ending.once and self._told:
            return ORDINARY_END.error(self)
        self._told = ending.once
        return ending.error(self)


NO_ENDMARKER = object()


class Callback:
    """A callback and how far it has got: it runs on one pool thread at a time, while there is something for it."""

    def __init__(self, link: Link, callback: Callable[[Any], Any], endmarker: object) -> None:
        self._link = link
        self._callback = callback
        self._endmarker = endmarker
        self._scheduled = threading.Lock()
        self._runner: int | None = None
        self.finished = False

    def available(self) -> None:
        if self._scheduled.acquire(blocking=False):
            try:
                THREADS.start(self._run)
            except BaseException:
                self._scheduled.release()
                raise

    def is_busy_here(self) -> bool:
        return self._runner == threading.get_ident()

    def _run(self) -> None:
        self._runner = threading.get_ident()
        try:
            self._hand_over_what_is_there()
        finally:
            self._runner = None
            self._scheduled.release()
            # What came between the last look and here has found a run scheduled and has not started another.
            if not self.finished and self._link.has_next():
                self.available()

    def _hand_over_what_is_there(self) -> None:
        item = self._link.next()
        while item is not None and not self.finished:
            if item is END:
                self._finish()
            else:
                self._hand_over(item)
                item = self._link.next()

    def _finish(self) -> None:
        try:
            if self._endmarker is not NO_ENDMARKER:
                self._guarded(lambda: self._callback(self._endmarker))
        finally:
            self.finished = True
            self._link.callback_finished()

    def _hand_over(self, item: Item) -> None:
        self._guarded(lambda: self._callback(self._link.value(item)))
        self._link.taken(item)

    def _guarded(self, call: Callable[[], Any]) -> None:
        try:
            call()
        except BaseException as e:  # whatever it is, it is the callback's
            self._link.callback_failed(e)


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


# --- errors as text -------------------------------------------------------------------------------------------------

TRACEBACK = "Traceback (most recent call last):\n"
NO_MEMORY = TRACEBACK + "MemoryError: there is not even enough for the rest of this traceback\n"
MAX_TEXT = 1 << 16
# So many frames in a row are kept, half of them from either end.
MAX_FRAMES = 100
FRAME = re.compile(r'[ |]+(File "|\[Previous line repeated)')
# And what turns the direction of writing: embeddings, overrides and isolates of Unicode's annex 9.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
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
    """The traceback as the other side shall read it, without frames of this file, and not too many others."""
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
    own = error_text.__code__.co_filename
    reports: list[Any] = [report]
    while reports:
        each = reports.pop()
        if each is None:
            continue
        if each.stack is not None:
            each.stack[:] = [
                frame
                for frame in each.stack
                if frame.filename != own and not frame.filename.startswith("<execnet4j ")
            ]
        reports += each.__cause__, each.__context__, *(getattr(each, "exceptions", None) or ())


def _shortened(entries: Iterator[str]) -> Iterator[str]:
    """The entries of a traceback; of a long run of frames those in the middle are left out."""
    begin, end, left = 0, collections.deque(), 0
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


def in_short(error: BaseException) -> str:
    """An exception in a line."""
    try:
        return "".join(traceback.format_exception_only(type(error), error)).strip()
    except Exception:
        return type(error).__name__


def harmless(text: str) -> str:
    """Text that is safe to send and show: bounded, no control characters but tab and line end, no half characters."""
    if len(text) > MAX_TEXT:
        # What matters most stands at the end of a traceback.
        text = text[:MAX_TEXT // 4] + f"\n... ({len(text)} characters in all)\n" + text[-MAX_TEXT // 2:]
    return CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def encoded_text(text: object) -> bytearray:
    return dumps(harmless(str(text)), lambda value: None)


# --- the connection -------------------------------------------------------------------------------------------------


class Gateway:
    """The worker's end of a gateway, as tasks see it."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self.id = name

    def newchannel(self) -> Channel:
        """A new open channel, to be sent to the other side in a value."""
        return self._connection.new_channel()

    def info(self) -> dict:
        """Facts about this process, as of now."""
        try:
            cwd = os.getcwd()
        except OSError:  # it was removed
            cwd = ""
        system = os.uname()
        return {
            "pid": os.getpid(),
            "version": "%d.%d.%d" % sys.version_info[:3],
            "release": 0,
            "executable": harmless(sys.executable or ""),
            "platform": f"{system.sysname} {system.machine}",
            "cwd": harmless(cwd),
        }

    def __repr__(self) -> str:
        return f"<Worker {self.id!r}>"


class Connection:
    """Frames in, frames out, and the channels between."""

    # So many channels may be open that the coordinator has opened.
    MAX_OF_PEER = 1 << 18
    MAX_NUMBER = 0x7FFFFFFF
    # How long the reader may still take to read what was sent by a peer to which nothing can be written.
    READ_OUT = 1.0

    def __init__(self, source: int, target: int, name: str, extensions: bool, budget: int, host: Worker) -> None:
        self.extensions = extensions
        self.budget = Budget(budget)
        self.gateway = Gateway(self, name)
        self.writer = FrameWriter(target, self._unwritable)
        self._source = source
        self._host = host
        self._strings = CHANNEL_STRINGS
        self._lock = threading.Lock()
        self._links: dict[int, Link] = {}
        self._next = 2
        self._of_peer = 0
        self._lost: Ending | None = None
        self._reader_gone = threading.Event()
        os.register_at_fork(after_in_child=self._abandon_in_child)

    def start(self) -> None:
        THREADS.begin()
        threading.Thread(target=self._read, name="execnet4j-reader", daemon=True).start()
        threading.Thread(target=self.writer.run, name="execnet4j-writer", daemon=True).start()

    def new_channel(self) -> Channel:
        with self._lock:
            if self._lost is not None:
                raise ConnectionLost(self._lost.text)
            if self._next > self.MAX_NUMBER:
                raise OSError("this gateway has used up its two to the thirtieth channel numbers")
            link = self._links[self._next] = Link(self, self._next)
            self._next += 2
        return link.channel()

    def channel_count(self) -> int:
        return len(self._links)

    def is_live(self) -> bool:
        return self._lost is None

    def offer(self, kind: int, number: int, payload: bytes | bytearray = b"") -> None:
        self.writer.offer(kind, number, payload)

    def encode(self, value: object) -> bytearray:
        """A payload other than an item."""
        return dumps(value, lambda each: None, self.extensions)

    def encode_item(self, value: object) -> tuple[bytearray, list[Link]]:
        """An item, and the channels numbered here that it names: to the peer they exist from then on."""
        named: list[Link] = []
        return dumps(value, lambda each: self._channel_id(each, named), self.extensions), named

    def decode(self, payload: bytes) -> Any:
        """A payload other than an item."""
        return loads(payload, NO_CHANNELS, self._strings)

    def announce_credit(self, number: int, size: int) -> None:
        if size > 0 and self.extensions:
            self.offer(CREDIT, number, INT64.pack(size))

    def forget(self, link: Link) -> None:
        with self._lock:
            if self._links.get(link.id) is link:
                del self._links[link.id]
                if link.id % 2:
                    self._of_peer -= 1

    def overflow(self, link: Link, size: int) -> None:
        """More came than the sender had credit for: a broken peer of ours, or a stock peer that knows no credit."""
        if self.extensions:
            raise ProtocolError(f"it sent on {link} without credit")
        link.refuse(size)

    def violated(self, what: str) -> None:
        self._lose(f"the coordinator broke the protocol: {what}", loud=True)

    def _channel_id(self, value: object, named: list[Link]) -> int | None:
        if type(value) is not Channel:
            return None
        link = value._link
        if link.connection is not self:
            raise DumpError(f"cannot serialize {value}: it belongs to another gateway")
        if link.state == CLOSED:
            raise DumpError(f"cannot serialize {value}: it is closed")
        if link.id % 2 == 0:
            link.named = True
            named.append(link)
        return link.id

    def _read(self) -> None:
        """The reader thread. Whatever ends it, the host hears of it, with memory or without."""
        try:
            reason, loud = self._read_frames()
            self._lose(f"the coordinator of gateway {self.gateway.id} is gone: {reason}", loud)
        finally:
            self._host.ended()
            self._reader_gone.set()

    def _read_frames(self) -> tuple[str, bool]:
        """Reads to the end; the result is what ended it, and whether that is worth telling."""
        reason, loud = "it closed the connection", False
        try:
            for kind, number, payload in frames(open(self._source, "rb", buffering=1 << 16, closefd=False)):
                if kind == TERMINATE:
                    reason = "it ended the gateway"
                    break
                if self._lost is not None:
                    break
                self._dispatch(kind, number, payload)
        except (ProtocolError, LoadError) as e:
            reason, loud = f"it broke the protocol: {e}", True
        except OSError as e:
            reason = f"the connection failed: {e}"
        except MemoryError:
            reason, loud = "not enough memory for what it sent", True
        except Exception as e:
            reason, loud = f"a fault in execnet4j itself: {error_text(e)}", True
        return reason, loud

    def _dispatch(self, kind: int, number: int, payload: bytes) -> None:
        link = self._links.get(number)
        if kind == DATA:
            self._data(number, link, payload)
        elif kind == CREDIT and self.extensions:
            (size,) = INT64.unpack(payload) if len(payload) == INT64.size else (0,)
            if not 0 < size <= MAX_CREDIT:
                raise ProtocolError(f"credit of {size} bytes")
            if link is not None:
                link.credit(size)
        elif kind == CLOSE or kind == CLOSE_ERROR:
            ending = ORDINARY_END
            if kind == CLOSE_ERROR:
                ending = Ending(RemoteError, harmless(str(self.decode(payload))), once=True)
            if link is not None:
                link.peer_closed(ending)
        elif kind == LAST_MESSAGE:
            if link is not None:
                link.end(PEER_LAST_MESSAGE, ORDINARY_END)
        elif kind == EXEC:
            self._host.exec(self._add_of_peer(number, of_task=True).channel(), payload)
        elif kind == STATUS:
            status = {"numchannels": self.channel_count(), **self._host.status()}
            self.offer(DATA, number, self.encode(status))
            self.offer(CLOSE, number)
        elif kind == RECONFIGURE:
            self._reconfigure(number, link, payload)
        else:
            raise ProtocolError(f"a frame of unknown type {kind} came")

    def _data(self, number: int, link: Link | None, payload: bytes) -> None:
        named = channel_ids(payload)
        if link is not None:
            channels = {each: self._named(each) for each in named} if named else NO_CHANNELS
            link.deliver(Item(payload, channels, link.strings or self._strings))
            return
        for each in named:
            if each % 2 and each not in self._links:
                self.offer(CLOSE, each)

    def _named(self, number: int) -> Channel:
        """A channel that an item names exists from now on, whenever the item is decoded."""
        link = self._links.get(number)
        if link is None:
            if number % 2 == 0 and number > 0:
                link = Link(self, number)
                link.end(CLOSING, ORDINARY_END)
            else:
                link = self._add_of_peer(number)
        return link.channel()

    def _add_of_peer(self, number: int, of_task: bool = False) -> Link:
        with self._lock:
            if number <= 0 or number % 2 == 0 or number in self._links:
                raise ProtocolError(f"it opened a channel with an id it may not use: {number}")
            if self._of_peer >= self.MAX_OF_PEER:
                raise ProtocolError(f"it opened more than {self.MAX_OF_PEER} channels without closing any")
            self._of_peer += 1
            link = self._links[number] = Link(self, number, of_task)
        return link

    def _reconfigure(self, number: int, link: Link | None, payload: bytes) -> None:
        wish = self.decode(payload)
        if type(wish) is not tuple or len(wish) != 2 or not all(isinstance(each, bool) for each in wish):
            raise ProtocolError("a wish to read strings otherwise is not understood")
        if number == 0:
            self._strings = Strings(*wish)
        elif link is not None:
            link.strings = Strings(*wish)

    def _unwritable(self, failure: OSError) -> None:
        self._reader_gone.wait(self.READ_OUT)
        self._lose(f"nothing can be written to the coordinator: {failure}", loud=isinstance(failure, Unwritable))

    def _lose(self, reason: str, loud: bool) -> None:
        """The one way to the end: the first cause stays, everybody who waits is told."""
        with self._lock:
            if self._lost is not None:
                return
            lost = self._lost = Ending(ConnectionLost, reason)
        try:
            if loud:
                complain(reason)
            with self._lock:
                links = list(self._links.values())
            for link in links:
                guarded(functools.partial(link.end, INPUT_END, lost))
        finally:
            self._host.ended()

    def _abandon_in_child(self) -> None:
        self.writer.abandon_in_child()
        try:
            os.close(self._source)
        except OSError:
            pass


def complain(text: str) -> None:
    """For the user who reads the worker's standard error."""
    try:
        os.write(2, f"execnet4j: {text}\n".encode("utf-8", "backslashreplace"))
    except OSError:
        pass


# --- tasks ----------------------------------------------------------------------------------------------------------

INTERRUPTED = "keyboard-interrupted"
DEADLOCK = "a second task at once would deadlock: with execmodel=main_thread_only tasks run one after another"
NOT_PYTHON = "this worker runs Python tasks (source, file name, function name, keyword arguments), and nothing else"
MODELS = ("thread", "main_thread_only")
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


class TaskRunner:
    """Runs tasks on the threads that the model wants, and knows which are running."""

    # So long a task waits for the main thread where it may run nowhere else.
    PATIENCE = 1.0

    def __init__(self, connection: Connection, model: str) -> None:
        self.model = model
        self._connection = connection
        self._changed = threading.Condition(threading.Lock())
        self._running: set[int] = set()
        self._executing = 0
        self._accepted = 0  # executing, or not yet done with telling the end
        self._interrupting = False
        self._main_jobs: collections.deque[Callable[[], None]] = collections.deque()
        self._main_wake = threading.Semaphore(0)
        self._main_busy = False
        self._main_interruptible = False
        self._stopped = False
        self._pid = os.getpid()

    def executing(self) -> int:
        return self._executing

    def start(self, channel: Channel, task: Task) -> None:
        """Has a task run. Does not wait."""
        with self._changed:
            self._accepted += 1
            self._executing += 1
            main_only = self.model == "main_thread_only"
            on_main = main_only or not self._main_busy
            if on_main:
                self._main_busy = True
        if on_main:
            self._start_on_main(channel, task, main_only)
            return
        name = f"execnet4j-task-{channel.id}"
        try:
            threading.Thread(target=self._run, args=(channel, task, False), name=name, daemon=True).start()
        except RuntimeError as e:  # no more threads can be had
            self._end(channel, error_text(e))

    def _start_on_main(self, channel: Channel, task: Task, main_only: bool) -> None:
        claim = threading.Lock()
        begun = threading.Event()

        def work() -> None:
            if claim.acquire(blocking=False):
                begun.set()
                self._run(channel, task, True)

        def refuse() -> None:
            if not begun.wait(self.PATIENCE) and claim.acquire(blocking=False):
                self._end(channel, DEADLOCK)

        self._main_jobs.append(work)
        self._main_wake.release()
        if main_only:
            THREADS.start(refuse)

    def serve_main_thread(self) -> None:
        """The main thread's work until the end."""
        while not self._stopped:
            try:
                self._main_wake.acquire()
                while self._main_jobs:
                    self._main_jobs.popleft()()
            except KeyboardInterrupt:  # raised by a handler that a task left behind, too late for that task
                pass

    def stop(self) -> None:
        """Ends serve_main_thread, once it is idle."""
        self._stopped = True
        self._main_wake.release()

    def await_idle(self, timeout: float) -> bool:
        deadline = deadline_in(timeout)
        with self._changed:
            while self._accepted:
                left = time_left(deadline)
                if left == 0:
                    return False
                self._changed.wait(left)
            return True

    def interrupt_all(self) -> None:
        """Raises KeyboardInterrupt in what runs, as far as Python lets it, and in whatever begins from now on."""
        with self._changed:
            self._interrupting = True
            for thread in self._running:
                if thread == threading.main_thread().ident:
                    signal.pthread_kill(thread, signal.SIGINT)
                else:
                    raise_in_thread(thread, KeyboardInterrupt)

    def _on_interrupt(self, _signal: int, _frame: object) -> None:
        if self._main_interruptible:
            raise KeyboardInterrupt

    def _run(self, channel: Channel, task: Task, on_main: bool) -> None:
        error = None
        tell = True
        starved = False
        try:
            try:
                self._begin(on_main)
                task.run(channel)
            finally:
                self._leave(on_main)
        except KeyboardInterrupt:
            error = INTERRUPTED
        except ConnectionLost as e:
            # Whoever started it is gone or has ended this gateway, and knows.
            tell = self._connection.is_live()
            error = error_text(e)
        except BaseException as e:  # SystemExit too: it is the task's, not the worker's
            error = error_text(e)
            starved = isinstance(e, MemoryError)
        if starved:
            gc.collect()  # the task's globals and its functions hold each other
        if os.getpid() != self._pid:
            self._end_forked(error)
        self._end(channel, error, tell, on_main)

    def _begin(self, on_main: bool) -> None:
        if on_main:
            signal.signal(signal.SIGINT, self._on_interrupt)
            self._main_interruptible = True
        with self._changed:
            self._running.add(threading.get_ident())
            if self._interrupting:
                raise KeyboardInterrupt

    def _leave(self, on_main: bool) -> None:
        if on_main:
            self._main_interruptible = False
        with self._changed:
            self._running.discard(threading.get_ident())

    @staticmethod
    def _end_forked(error: str | None) -> None:
        """A task has forked and the child has come to the task's end; the worker goes on in the parent alone."""
        if error is not None:
            complain(f"in a forked child: {error}")
        flush_output()
        os._exit(0 if error is None else 1)

    def _end(self, channel: Channel, error: str | None, tell: bool = True, on_main: bool = False) -> None:
        # Whoever sees the channel closed may count on the thread being free.
        with self._changed:
            self._executing -= 1
            if on_main:
                self._main_busy = False
        if tell:
            channel._link.task_ended(error)
        with self._changed:
            self._accepted -= 1
            self._changed.notify_all()


def raise_in_thread(thread: int, kind: type) -> None:
    """Where Python has a way; what sleeps or waits outside of Python's code goes on."""
    try:
        import ctypes

        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(kind))
    except (ImportError, AttributeError):
        pass


# --- the way to the exit --------------------------------------------------------------------------------------------


def processes() -> dict[int, int]:
    """All living processes with their parents, as far as they can be told."""
    found = {}
    try:
        if os.path.isdir("/proc/self"):
            for name in filter(str.isdigit, os.listdir("/proc")):
                try:
                    with open(f"/proc/{name}/stat", "rb") as stat:
                        # proc(5): after the program's name in parentheses come state and parent.
                        state, parent = stat.read().rpartition(b")")[2].split()[:2]
                except OSError:  # it has just ended
                    continue
                if state not in (b"Z", b"X"):
                    found[int(name)] = int(parent)
        else:
            import subprocess

            with subprocess.Popen(["ps", "-A", "-o", "pid=,ppid=,stat="], stdout=subprocess.PIPE) as ps:
                for line in ps.communicate()[0].splitlines():
                    process, parent, state = line.split()[:3]
                    if not state.startswith(b"Z") and int(process) != ps.pid:
                        found[int(process)] = int(parent)
    except (OSError, ValueError):
        pass
    return found


# What forks faster than this is killed cannot be ended from outside its own machine's kernel.
MOST_ROUNDS = 100


def kill_family(head: int, leads: bool) -> None:
    """Kills what a process has started, directly or not, and the rest of the session that it leads, if it does."""
    spared = head, os.getpid()
    killed: set[int] = set()
    # What is born meanwhile is found the next time.
    for _ in range(MOST_ROUNDS):
        parents = processes()
        doomed = set()
        for process in parents:
            ancestor = process
            while ancestor in parents and ancestor != head and ancestor > 1:
                ancestor = parents[ancestor]
            if process not in spared and (ancestor == head or leads and session(process) == head):
                doomed.add(process)
        for process in doomed:
            try:
                os.kill(process, signal.SIGKILL)
            except OSError:
                pass
        if doomed <= killed:
            return
        killed |= doomed


def session(process: int) -> int:
    try:
        return os.getsid(process)
    except OSError:
        return -1


def leads_session() -> bool:
    return os.getsid(0) == os.getpid()


class Watcher:
    """A process beside the worker, for what no thread in it can do: where a task has come to C code that keeps all
    other threads from running, or has all memory, or has the process stopped, nobody there notices that the coordinator
    is gone. It sees the end of the input without reading, gives the worker all the time that its own way to the exit
    takes, and then kills it and its family. It ends when the worker does; what is left of its session then ends too.

    No child of the worker's, and in a session of its own: a task may wait for its children, or kill its group.
    """

    PATIENCE = 24.0

    def __init__(self, source: int, target: int) -> None:
        """Starts it. For a process with one thread."""
        self._worker = os.getpid()
        self._leads = leads_session()
        self._source = source
        # The worker alone has the writing end: that is closed when the worker is no more.
        self._life, held = os.pipe()
        try:
            between = os.fork()
        except OSError:  # no more processes can be had: then without
            os.close(self._life)
            os.close(held)
            return
        if between == 0:
            try:
                os.setsid()
                if os.fork() == 0:
                    os.close(held)
                    os.close(target)
                    self._let_go_of_standard_streams()
                    self._watch()
            finally:
                os._exit(0)
        os.waitpid(between, 0)
        os.close(self._life)
        os.register_at_fork(after_in_child=lambda: os.close(held))

    @staticmethod
    def _let_go_of_standard_streams() -> None:
        null = os.open(os.devnull, os.O_RDWR)
        for each in range(3):
            os.dup2(null, each)

    def _watch(self) -> None:
        ends = select.poll()
        ends.register(self._life, select.POLLIN)
        # That nobody writes to it any more is reported unasked for a pipe; for a socket only Linux has a way.
        ends.register(self._source, getattr(select, "POLLRDHUP", 0))
        if all(descriptor != self._life for descriptor, _ in ends.poll()):
            ends.unregister(self._source)
            if not ends.poll(self.PATIENCE * 1000):
                kill_family(self._worker, self._leads)
                os.kill(self._worker, signal.SIGKILL)
                ends.poll()
        if self._leads:
            kill_family(self._worker, True)


def flush_output() -> None:
    for stream in sys.stdout, sys.stderr:
        try:
            stream.flush()
        except Exception:  # a task may have put anything there
            pass


class Worker:
    """One coordinator served, until that is gone."""

    GRACE = 5.0
    AFTER_INTERRUPT = 10.0
    LAST_WORDS = 2.0
    USERS_EXIT_HOOKS = 5.0
    RESERVE = 1 << 20
    # 128 and the number of SIGINT; what timeout(1) gives.
    INTERRUPTED_STATUS = 130
    HALTED_STATUS = 124

    def __init__(self, source: int, target: int, config: dict) -> None:
        budget = config.get("bytebudget")
        self._extensions = bool(config.get("extensions"))
        self._connection = Connection(
            source, target, config["id"], self._extensions, default_budget() if budget is None else budget, self
        )
        self._runner = TaskRunner(self._connection, config["execmodel"])
        self._status = 0
        self._leaving = threading.Lock()
        self._leaving.acquire()
        # To be let go of when the family is looked for.
        self._reserve: bytes | None = bytes(self.RESERVE)

    def serve(self) -> int:
        """For the main thread; the result is the exit status."""
        if self._extensions:
            self._connection.offer(HELLO, 0, self._connection.encode(self._connection.gateway.info()))
        threading.Thread(target=self._descend, name="execnet4j-exit", daemon=True).start()
        self._connection.start()
        self._runner.serve_main_thread()
        return self._status

    def exec(self, channel: Channel, payload: bytes) -> None:
        task = Task.of(self._connection.decode(payload))
        if task is None:
            channel._link.task_ended(NOT_PYTHON)
        else:
            self._runner.start(channel, task)

    def status(self) -> dict:
        return {"numexecuting": self._runner.executing(), "execmodel": self._runner.model}

    def ended(self) -> None:
        """Has the process go down the ladder. Needs no memory; again, it does nothing."""
        try:
            self._leaving.release()
        except RuntimeError:  # it is on its way
            pass

    def _descend(self) -> None:
        """The exit thread, there from the start: a task may have taken all memory, and a thread needs some."""
        self._leaving.acquire()
        status = self.HALTED_STATUS
        try:
            reached = self._end_tasks()
            self._connection.writer.finish(self.LAST_WORDS)
            status = reached
        except BaseException:  # whatever it is, a worker that nobody is connected to must not stay
            pass
        self._reserve = None
        try:
            kill_family(os.getpid(), leads_session())
            if status != self.HALTED_STATUS:
                self._status = status
                self._runner.stop()
                # The main thread runs the exit hooks of users, and ends the process first if they do.
                threading.Event().wait(self.USERS_EXIT_HOOKS)
        finally:
            os._exit(status)

    def _end_tasks(self) -> int:
        """Tasks get time to end, are interrupted, get more time; the result is the exit status to give."""
        if self._runner.await_idle(self.GRACE):
            return 0
        self._runner.interrupt_all()
        return self.INTERRUPTED_STATUS if self._runner.await_idle(self.AFTER_INTERRUPT) else self.HALTED_STATUS


def default_budget() -> int:
    """A sixteenth of the memory, at most 64 MiB."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        memory = 1 << 30
    return min(1 << 26, memory // 16)


# --- the beginning --------------------------------------------------------------------------------------------------

UNUSABLE_STATUS = 78  # EX_CONFIG of sysexits.h


def main(config: dict) -> None:
    """Serves the coordinator on descriptors 0 and 1; does not return.

    The configuration: ``id`` of the gateway; ``execmodel``, thread or main_thread_only; ``bytebudget`` for unread bytes
    or None; ``stdout``, forward (to standard error) or null; ``extensions``, whether the coordinator is one of ours;
    ``session`` (optional), whether to lead a session of its own, so that all it starts can be found.
    """
    if config["execmodel"] not in MODELS:
        complain(f"a Python worker does not know execmodel={config['execmodel']}, only {' and '.join(MODELS)}")
        os._exit(UNUSABLE_STATUS)
    if config.get("session"):
        try:
            os.setsid()
        except OSError:  # it leads one already
            pass
    source, target = private_descriptors(config.get("stdout") == "null")
    os.write(target, READY)
    Watcher(source, target)
    status = Worker(source, target, config).serve()
    atexit._run_exitfuncs()
    flush_output()
    os._exit(status)


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
