"""How numbers stand in frames and values, and how large things may be."""

from __future__ import annotations

import struct

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
