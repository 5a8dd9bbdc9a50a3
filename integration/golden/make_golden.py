#!/usr/bin/env python3
"""Makes the golden vectors of the serializer with stock execnet.

    /usr/bin/python3 integration/golden/make_golden.py

Needs execnet (Debian: apt-get install python3-execnet). Each line of the files is: name, Python expression,
payload in hex, separated by tabs. written.txt holds what stock execnet writes; read.txt holds opcodes that no
Python 3 writes but every execnet reads. Both are checked to load as the expression says.
"""
import pathlib
import struct

from execnet.gateway_base import dumps_internal, loads_internal

TARGET = pathlib.Path(__file__).resolve().parents[2] / "kernel/src/test/resources/execnet4j/serial/golden"

# Sets of one text at most: the order of more depends on Python's hash seed.
WRITTEN = {
    "none": "None",
    "true": "True",
    "false": "False",
    "zero": "0",
    "one": "1",
    "minus-one": "-1",
    "int32-max": "2**31 - 1",
    "int32-min": "-2**31",
    "beyond-int32": "2**31",
    "int64-max": "2**63 - 1",
    "beyond-int64": "2**63",
    "googol": "10**100",
    "float": "3.25",
    "float-negative-zero": "-0.0",
    "float-tenth": "0.1",
    "float-tiny": "5e-324",
    "float-infinity": "float('inf')",
    "float-nan": "float('nan')",
    "complex": "1.5-2j",
    "text-empty": "''",
    "text-ascii": "'hello'",
    "text-latin": "'gr\\xfc\\xdfe'",
    "text-beyond-bmp": "'\\u20ac\\U0001f600'",
    "text-nul": "'a\\x00b'",
    "text-replacement": "'\\ufffd'",
    "bytes-empty": "b''",
    "bytes": "b'\\x00\\xff\\x80abc'",
    "list-empty": "[]",
    "list": "[1, 'a', None]",
    "list-nested": "[[], [[1]], [2.5]]",
    "tuple-empty": "()",
    "tuple": "(1, 'a', b'b')",
    "tuple-nested": "(1, (), ((2,),))",
    "dict-empty": "{}",
    "dict": "{'b': 1, 'a': [2], 3: None}",
    "dict-tuple-key": "{(1, 2): 'x', (b'k', (b'n',)): 'y'}",
    "dict-odd-keys": "{None: 0, True: 1, b'b': 2, 1.5: 3, 2j: 4, frozenset({7}): 5, 2**70: 6}",
    "set-empty": "set()",
    "set": "{1, 2, 3}",
    "set-of-bytes": "{b'x'}",
    "frozenset-empty": "frozenset()",
    "frozenset": "frozenset({'x'})",
    "frozenset-nested": "frozenset({frozenset({(1, frozenset())})})",
    "mixed": "[{'k': ({1}, b'b', [(None, 1j)])}, (True, {'': {}})]",
}


def sized(opcode, content):
    return opcode + struct.pack("!i", len(content)) + content


READ = {
    "long": ("5", b"G" + struct.pack("!i", 5) + b"Q"),
    "longlong": ("-2**40", sized(b"I", str(-(2**40)).encode()) + b"Q"),
    "longint-small": ("7", sized(b"H", b"7") + b"Q"),
    "longint-below-int32": ("-2**31 - 1", sized(b"H", str(-(2**31) - 1).encode()) + b"Q"),
    "longint-negative-big": ("-10**40", sized(b"H", str(-(10**40)).encode()) + b"Q"),
    "unicode": ("'\\u20ac'", sized(b"S", "\u20ac".encode()) + b"Q"),
    "py2string-as-text": ("'a\\xff'", sized(b"M", b"a\xff") + b"Q"),
    "list-set-backwards": (
        "[1, 2]",
        b"K" + struct.pack("!i", 2) + b"F\0\0\0\1" + b"F\0\0\0\2" + b"P" + b"F\0\0\0\0" + b"F\0\0\0\1" + b"PQ",
    ),
    "dict-key-twice": ("{1: 3}", b"J" + b"F\0\0\0\1" + b"F\0\0\0\2" + b"P" + b"F\0\0\0\1" + b"F\0\0\0\3" + b"PQ"),
    "set-element-twice": ("{1}", b"F\0\0\0\1" + b"F\0\0\0\1" + b"O\0\0\0\2Q"),
}


def checked(expression, payload):
    expected, loaded = eval(expression), loads_internal(payload)
    assert repr(loaded) == repr(expected) and type(loaded) is type(expected), (expression, loaded)
    return payload.hex()


def write(name, lines):
    text = "".join("\t".join(line) + "\n" for line in lines)
    (TARGET / name).write_text(text, encoding="ascii")


TARGET.mkdir(parents=True, exist_ok=True)
write("written.txt", [(n, e, checked(e, dumps_internal(eval(e)))) for n, e in WRITTEN.items()])
write("read.txt", [(n, e, checked(e, p)) for n, (e, p) in READ.items()])
