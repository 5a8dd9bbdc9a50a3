"""The Python worker of execnet4j: runs tasks for a coordinator and talks to it over channels.

The coordinator sends this file over stdin to any Python from 3.8 on; it needs nothing but the standard library and writes
nothing to disk. ``main`` at the end is where it starts. A package's worth of parts stands in this one file, from the
wire upwards: values, frames, flow control, channels, the connection, tasks, and the way to the exit.

Threads: the reader parses frames and hands them over, runs no code of users, writes nothing and waits for no channel. The
writer is the only one to touch the output. Tasks run in the main thread or in threads of their own, callbacks on a pool.
Locks: a link's, the connection's, the runner's and the writer's are never held together; the budget's is the only one taken
while another (a link's) is held.
"""

from __future__ import annotations

import atexit
import collections
import errno
import linecache
import os
import re
import signal
import struct
import sys
import textwrap
import threading
import time
import traceback
import weakref

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


class ConnectionLost(EOFError, OSError):
    """The coordinator is gone or has ended this gateway: nothing comes any more."""


class ProtocolError(Exception):
    """The peer did what no peer does; the connection ends."""


# --- values --------------------------------------------------------------------------------------------------------------

KNOWN_TYPES = (
    "a channel carries None, bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset and Channel"
)
ONE_LETTER = {None: b"L", True: b"R", False: b"C"}


def dumps(value: object, channel_id) -> bytearray:
    """A value as a payload; ``channel_id(value)`` gives the id of a channel, or None for any other object."""
    out = bytearray()
    try:
        _write(value, out, channel_id, 0)
    except RecursionError:
        raise DumpError("cannot serialize the value: it nests too deeply for this thread's stack") from None
    except RuntimeError as e:
        raise DumpError(f"cannot serialize the value: {e}") from None
    out += b"Q"
    if len(out) > MAX_PAYLOAD:
        raise DumpError(f"cannot serialize the value: it takes more than {MAX_PAYLOAD} bytes")
    return out


def _write(value: object, out: bytearray, channel_id, depth: int) -> None:
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
            out += b"K" + INT32.pack(len(value))
            count = len(value)
            for index, item in enumerate(value):
                out += b"F" + INT32.pack(index)
                _write(item, out, channel_id, depth)
                out += b"P"
            if len(value) != count:
                raise DumpError("cannot serialize a list that is changed meanwhile")
        elif kind is dict:
            out += b"J"
            for key, item in value.items():
                _write(key, out, channel_id, depth)
                _write(item, out, channel_id, depth)
                out += b"P"
        else:
            for item in value:
                _write(item, out, channel_id, depth)
            out += CONTAINERS[kind] + INT32.pack(len(value))
    elif kind is complex:
        out += b"T" + COMPLEX128.pack(value.real, value.imag)
    else:
        number = channel_id(value)
        if number is None:
            raise DumpError(f"cannot serialize {kind.__module__}.{kind.__qualname__}: {KNOWN_TYPES}")
        out += b"B" + INT32.pack(number)


CONTAINERS = {list: b"K", dict: b"J", tuple: b"@", set: b"O", frozenset: b"E"}


def _decimal(number: int) -> bytes:
    try:
        if -TOO_LONG < number < TOO_LONG:
            return str(number).encode("ascii")
    except ValueError:  # this process has set a lower limit
        pass
    raise DumpError(f"cannot serialize an int of more than {MAX_DIGITS} decimal digits")


# Bytes after the opcode; those of LENGTH_AND_BYTES have a length and as many bytes.
OPERANDS = {ord(letter): 4 for letter in "@BEFGKO"}
OPERANDS.update({ord(letter): 0 for letter in "CJLPQR"})
OPERANDS.update({ord("D"): 8, ord("T"): 16})
LENGTH_AND_BYTES = frozenset(b"AHIMNS")
INTEGER = re.compile(rb"0|-?[1-9][0-9]*")
NO_CHANNELS: dict = {}


def channel_ids(payload: bytes) -> list:
    """The ids of all channels in a payload, in order, without building anything."""
    ids: list = []
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
            if opcode == 0x42 and position <= end:
                ids += INT32.unpack_from(payload, position - 4)
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


def loads(payload: bytes, channels: dict = NO_CHANNELS, strings: Strings = CHANNEL_STRINGS) -> object:
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

    def __init__(self, payload: bytes, channels: dict, strings: Strings) -> None:
        self.payload = payload
        self.channels = channels
        self.strings = strings
        self.values: list = []
        self.depths: list = []
        self.position = 0
        self.elements = 0
        self.list_elements = 0

    def run(self) -> object:
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
        self.push([None] * count, 1)

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

    def pop(self) -> tuple:
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

    def result(self) -> object:
        if len(self.values) != 1:
            raise self.failure(f"STOP with {len(self.values)} values on the stack")
        if self.position != len(self.payload):
            raise self.failure("more bytes follow the value")
        return self.values[0]

    STEPS = {
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
    }


# --- frames --------------------------------------------------------------------------------------------------------------


def frames(stream):
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
            raise ProtocolError(f"a frame of type {kind} claims a payload of {length} bytes; the limit is {MAX_PAYLOAD}")
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

    def __init__(self, descriptor: int, on_failure) -> None:
        self._descriptor = descriptor
        self._on_failure = on_failure
        self._changed = threading.Condition(threading.Lock())
        self._frames: collections.deque = collections.deque()
        self._waiting = 0
        self._finishing = False
        self._failure: OSError | None = None
        self._jobs: collections.deque = collections.deque()
        # Released to wake the thread. A bare lock and a deque, because finalizers use them at any moment, even while
        # their thread holds one of the other locks.
        self._wake = threading.Lock()
        self._wake.acquire()
        self.closed = threading.Event()

    def put(self, kind: int, number: int, payload, deadline: float | None) -> bool:
        """Queues a frame when there is room; false if the deadline passed before."""
        with self._changed:
            self._require_open()
            while self._waiting >= self.ROOM:
                left = time_left(deadline)
                if left == 0:
                    return False
                self._changed.wait(left)
                self._require_open()
            self._enqueue(kind, number, payload)
        self._poke()
        return True

    def offer(self, kind: int, number: int, payload=b"") -> None:
        """Queues a frame without waiting; forgets it if nothing can be written any more."""
        with self._changed:
            if self._failure is None and not self._finishing:
                if self._waiting >= self.PILE:
                    self._failure = OSError(errno.ENOBUFS, f"the peer is not reading: {self._waiting} bytes wait")
                self._enqueue(kind, number, payload)
        self._poke()

    def later(self, job) -> None:
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
        """The writer thread."""
        try:
            finished = False
            while not finished:
                self._wake.acquire()
                while self._jobs:
                    self._jobs.popleft()()
                finished = self._finishing
                while self._write_some():
                    pass
        except OSError as e:
            with self._changed:
                self._failure = self._failure or e
                self._frames.clear()
                self._changed.notify_all()
        try:
            os.close(self._descriptor)
        except OSError:
            pass
        self.closed.set()
        if self._failure is not None:
            self._on_failure(self._failure)

    def abandon_in_child(self) -> None:
        """After a fork, in the child: nothing is sent from there, and the parent's end must not stay open there."""
        self._changed = threading.Condition(threading.Lock())
        self._failure = OSError(errno.EBADF, "a forked child of the worker cannot use its channels")
        os.close(self._descriptor)

    def _require_open(self) -> None:
        if self._failure is not None or self._finishing:
            raise ConnectionLost(f"nothing can be sent any more: {self._failure or 'the worker is ending'}")

    def _enqueue(self, kind: int, number: int, payload) -> None:
        self._frames.append((kind, number, payload))
        self._waiting += HEADER.size + len(payload)

    def _poke(self) -> None:
        try:
            self._wake.release()
        except RuntimeError:  # it is awake, or about to look
            pass

    def _write_some(self) -> bool:
        batch = bytearray()
        large = b""
        with self._changed:
            if self._failure is not None:
                raise self._failure
            while self._frames and not large and len(batch) < self.BATCH:
                kind, number, payload = self._frames.popleft()
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

    def _write_all(self, content) -> None:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._descriptor, rest):]


def deadline_in(timeout: float | None) -> float | None:
    return None if timeout is None else time.monotonic() + timeout


def time_left(deadline: float | None) -> float | None:
    return None if deadline is None else max(0.0, deadline - time.monotonic())


# --- flow control --------------------------------------------------------------------------------------------------------

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

    What arrives is charged to the budget if that has room, and then the sender may send as much again at once; otherwise
    it is held against the channel's own window until somebody takes it.
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
