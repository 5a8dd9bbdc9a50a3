"""What stands in encoded values, without building them."""

from __future__ import annotations

from execnet4j_worker.arrays import PACKED_ELEMENTS, uniform_size
from execnet4j_worker.errors import LoadError
from execnet4j_worker.forms import INT32

# Bytes after the opcode; those of LENGTH_AND_BYTES have a length and as many bytes.
OPERANDS = {ord(letter): 4 for letter in "@BEFGKO"}
OPERANDS.update({ord(letter): 0 for letter in "CJLPQR"})
OPERANDS.update({ord("D"): 8, ord("T"): 16})
LENGTH_AND_BYTES = frozenset(b"AHIMNS")


def channel_ids(payload: bytes | bytearray) -> list[int]:
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
                position += count * uniform_size(payload, position, count)
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
