"""Values to bytes and back: against stock execnet, golden vectors, random values, broken bytes."""

import contextlib
import math
import pathlib
import random
import struct
import unittest
from array import array

from support import GOLDEN, stock_python
from execnet4j_worker import arrays, dumping, errors, forms, loading, scanning


class Place:
    """Stands for a channel."""

    def __init__(self, number):
        self.number = number


def channel_id(value):
    return value.number if isinstance(value, Place) else None


def dumped(value):
    return bytes(dumping.dumps(value, channel_id))


def packed(value):
    return bytes(dumping.dumps(value, channel_id, True))


def form(value):
    """A text that is the same exactly for values equal in type and content, the sign of zero included."""
    if isinstance(value, dict):
        return "dict" + form([each for entry in value.items() for each in entry])
    if isinstance(value, (list, tuple)):
        return type(value).__name__ + "(" + ",".join(map(form, value)) + ")"
    if isinstance(value, (set, frozenset)):
        return type(value).__name__ + "(" + ",".join(sorted(map(form, value))) + ")"
    if isinstance(value, complex):
        return f"complex({value.real!r}, {value.imag!r})"
    return repr(value)


def same(one, other):
    return form(one) == form(other)


def random_value(source, depth=3, hashable=False, arrays=True):
    """Any value that a channel carries."""
    plain = [
        lambda: None,
        lambda: source.random() < 0.5,
        lambda: source.randint(-5, 5),
        lambda: source.choice([1, -1]) * ((1 << source.choice([31, 32, 63, 64, 200])) + source.randint(-1, 1)),
        lambda: source.choice([0.0, -0.0, math.inf, -math.inf, 5e-324, source.uniform(-1e9, 1e9)]),
        lambda: complex(source.uniform(-9, 9), source.choice([0.0, -0.0, math.inf, 2.5])),
        lambda: "".join(chr(source.choice([0, 65, 0xE9, 0x20AC, 0x1F600])) for _ in range(source.randint(0, 6))),
        lambda: bytes(source.randrange(256) for _ in range(source.randint(0, 9))),
    ]
    if not hashable and arrays:
        plain.append(lambda: array("d", [source.random()] * source.randint(0, 3)))
        plain.append(lambda: array(source.choice("iq"), [source.randint(-9, 9)] * source.randint(0, 3)))
    if depth == 0:
        return source.choice(plain)()
    count = source.randint(0, 4)

    def items(only_hashable):
        return [random_value(source, depth - 1, only_hashable, arrays) for _ in range(count)]

    containers = [lambda: tuple(items(hashable)), lambda: frozenset(items(True))]
    if not hashable:
        containers += [
            lambda: items(False),
            lambda: set(items(True)),
            lambda: dict(zip(items(True), items(False))),
        ]
    return source.choice(plain + containers + containers)()


class ValuesTest(unittest.TestCase):
    def test_golden_written(self):
        for line in (GOLDEN / "written.txt").read_text("ascii").splitlines():
            if line.strip():
                name, literal, wanted = line.split("\t")
                value = eval(literal)
                with self.subTest(name):
                    if not isinstance(value, (set, frozenset, dict)) or len(value) < 2:
                        self.assertEqual(wanted, dumped(value).hex())
                    self.assertTrue(same(value, loading.loads(bytes.fromhex(wanted))), wanted)

    def test_golden_read(self):
        for line in (GOLDEN / "read.txt").read_text("ascii").splitlines():
            if line.strip():
                name, literal, data = line.split("\t")
                with self.subTest(name):
                    self.assertTrue(same(eval(literal), loading.loads(bytes.fromhex(data))))

    def test_c01_opcodes(self):
        self.assertEqual(set(b"@ABCDEFGHIJKLMNOPQRST"), set(scanning.OPERANDS) | set(scanning.LENGTH_AND_BYTES))
        self.assertEqual(set(b"dfiq"), set(arrays.PACKED_ELEMENTS))
        self.assertEqual(
            set(b"@ABCDEFGHIJKLMNOPQRSTdfiq"), set(loading._Loader.STEPS) | set(b"DFGPQ"),
        )

    def test_packed_arrays(self):
        for line in (GOLDEN / "packed.txt").read_text("ascii").splitlines():
            name, literal, data = line.split("\t")
            value = eval(literal)
            with self.subTest(name):
                self.assertEqual(data, packed(value).hex())
                self.assertTrue(same(value, loading.loads(bytes.fromhex(data))))
        longs = array("l", [1, -2])
        self.assertEqual(packed(array("q" if longs.itemsize == 8 else "i", longs)), packed(longs))
        data = packed([b"d", array("d", [1.0]), Place(5), array("i", [0x42424242])])
        self.assertEqual([5], scanning.channel_ids(data))
        for length in range(len(data)):
            with self.assertRaises(errors.LoadError):
                loading.loads(data[:length], {5: None})
            if length < len(data) - 1:
                with contextlib.suppress(errors.LoadError):
                    scanning.channel_ids(data[:length])

    def test_arrays_for_a_peer_that_is_not_ours_are_lists(self):
        value = [array("d", [1.0, 2.5]), array("q", [1, 1 << 40]), array("f"), (array("i", [7]),)]
        self.assertEqual(dumped([[1.0, 2.5], [1, 1 << 40], [], ([7],)]), dumped(value))

    def test_arrays_that_have_no_packed_form(self):
        for value in array("h", [1]), array("B", [1]), array("Q", [1]):
            for dump in packed, dumped:
                with self.assertRaisesRegex(errors.DumpError, "float64, float32, int32 and int64"):
                    dump(value)

    def test_hostile_arrays(self):
        for opcode in b"dfiq":
            for count in 2, 0x7FFFFFFF, -1, -0x80000000:
                # The scanner looks only at what may name a channel.
                data = bytes([opcode]) + struct.pack("!i", count) + b"B23456Q"
                for reader in loading.loads, scanning.channel_ids:
                    with self.subTest(opcode=opcode, count=count), self.assertRaises(errors.LoadError):
                        reader(data)
            with self.assertRaises(errors.LoadError):
                loading.loads(b"J" + bytes([opcode]) + b"\0\0\0\0LPQ")

    def test_random_round_trips(self):
        source = random.Random(4)
        for _ in range(2000):
            value = random_value(source)
            self.assertTrue(same(value, loading.loads(packed(value))), repr(value))

    def test_every_truncation_is_refused(self):
        source = random.Random(5)
        for _ in range(150):
            whole = packed([random_value(source), "text", b"bytes", 1 << 80, 2.5, 1j])
            for length in range(len(whole)):
                with self.assertRaises(errors.LoadError):
                    loading.loads(whole[:length])

    def test_changed_bytes_never_do_worse_than_an_error(self):
        source = random.Random(6)
        for _ in range(4000):
            data = bytearray(packed(random_value(source)))
            for _ in range(source.randint(1, 3)):
                data[source.randrange(len(data))] = source.choice([0, 1, 0x7F, 0x80, 0xFF, source.randint(0x40, 0x55)])
            for reader in loading.loads, scanning.channel_ids:
                try:
                    reader(bytes(data))
                except errors.LoadError:
                    pass

    def test_hostile(self):
        def int32(number):
            return struct.pack("!i", number)

        hostile = {
            "a list beyond the data": b"K" + int32(0x7FFFFFFF) + b"Q",
            "a negative list": b"K" + int32(-1) + b"Q",
            "many lists": (b"K" + int32(20)) * 30 + b"Q",
            "bytes beyond the data": b"A" + int32(0x7FFFFFFF) + b"Q",
            "negative bytes": b"A" + int32(-2) + b"Q",
            "a tuple of nothing": b"@" + int32(3) + b"Q",
            "a negative tuple": b"LL@" + int32(-1) + b"Q",
            "unknown opcode": b"ZQ",
            "two values": b"LLQ",
            "no value": b"Q",
            "nothing": b"",
            "trailing bytes": b"LQQ",
            "a list as key": b"JK" + int32(0) + b"LPQ",
            "a list in a set": b"K" + int32(0) + b"O" + int32(1) + b"Q",
            "an index out of range": b"K" + int32(1) + b"F" + int32(1) + b"LP" + b"LLLLLQ",
            "a bool as index": b"K" + int32(1) + b"RLPQ" + b"L" * 9,
            "SETITEM on a number": b"F" + int32(1) + b"LLPQ",
            "SETITEM on nothing": b"LLPQ",
            "not UTF-8": b"N" + int32(1) + b"\xffQ",
            "a surrogate": b"N" + int32(3) + b"\xed\xa0\x80Q",
            "a channel nobody knows": b"B" + int32(9) + b"Q",
            "too deep": b"L" + (b"@" + int32(1)) * 501 + b"Q",
            "far too deep": b"L" + (b"@" + int32(1)) * 200_000 + b"Q",
            "too many digits": b"H" + int32(4301) + b"9" * 4301 + b"Q",
        }
        for text in b"", b"-", b"+1", b"1_0", b" 1", b"01", b"-0", b"1\n", b"0x1", "\u0661".encode():
            hostile[f"integer {text!r}"] = b"H" + int32(len(text)) + text + b"Q"
        for name, data in hostile.items():
            with self.subTest(name), self.assertRaises(errors.LoadError):
                loading.loads(data)

    def test_depth(self):
        value = ()
        for _ in range(forms.MAX_DEPTH - 1):
            value = (value,)
        self.assertEqual(dumped(value), dumped(loading.loads(dumped(value))))
        with self.assertRaisesRegex(errors.DumpError, "deep"):
            dumped([value])
        cyclic = []
        cyclic.append(cyclic)
        with self.assertRaisesRegex(errors.DumpError, "itself"):
            dumped(cyclic)

    def test_refused(self):
        class Text(str):
            pass

        for value in object(), Text("a"), range(3), len, "\ud800", 10 ** 4300, -(10 ** 4300), {1: object()}:
            with self.subTest(type(value)), self.assertRaisesRegex(errors.DumpError, "cannot serialize"):
                dumped(value)
        longest = 10 ** 4300 - 1
        self.assertEqual(-longest, loading.loads(dumped(-longest)))

    def test_long_lists_of_one_kind(self):
        """They are moved by columns, and must not differ by that from what is moved one by one."""
        floats = [0.0, -0.0, math.inf, 5e-324] + [each * 1.1 for each in range(300)]
        lists = [floats, list(range(-150, 300)), [2 ** 31 - 1, -(2 ** 31)] * 10, [2 ** 31] * 20, [True] * 20]
        lists += [[*floats, 1], [1, *floats], [*range(20), True], [*range(20), 2 ** 31], floats[:15], floats[:16]]
        for value in lists:
            pieces = bytearray(b"K" + struct.pack("!i", len(value)))
            for index, each in enumerate(value):
                pieces += dumped(index)[:-1] + dumped(each)[:-1] + b"P"
            self.assertEqual(bytes(pieces + b"Q"), dumped(value))
            data = dumped([b"B", value, [value, value], Place(5)])
            self.assertEqual([5], scanning.channel_ids(data))
            self.assertTrue(same(value, loading.loads(dumped(value))))
            read = loading.loads(data, {5: None})
            self.assertTrue(same([b"B", value, [value, value], None], read))
        source = random.Random(8)
        for value in floats[:20], list(range(20)):
            whole = dumped([value, value])
            for length in range(len(whole)):
                self.assertRaises(errors.LoadError, loading.loads, whole[:length])
            for _ in range(500):
                data = bytearray(whole)
                data[source.randrange(len(data))] = source.choice([0, 1, 0x44, 0x46, 0x50, 0xFF])
                for reader in loading.loads, scanning.channel_ids:
                    try:
                        reader(bytes(data))
                    except errors.LoadError:
                        pass

    def test_all_kinds_of_bytes(self):
        for value in bytearray(b"abc"), memoryview(b"abc"), memoryview(b"a-b-c")[::2]:
            self.assertEqual(b"abc", loading.loads(dumped(value)))
        doubles = memoryview(struct.pack("2d", 1.0, 2.0)).cast("d")
        self.assertEqual(doubles.tobytes(), loading.loads(dumped(doubles)))

    def test_strings_of_python_2_and_3(self):
        py2, py3 = b"M\0\0\0\1\xe9Q", b"N\0\0\0\1aQ"
        self.assertEqual("\xe9", loading.loads(py2))
        self.assertEqual(b"\xe9", loading.loads(py2, {}, loading.Strings(False, False)))
        self.assertEqual(b"a", loading.loads(py3, {}, loading.Strings(True, True)))

    def test_channels(self):
        one, two = Place(7), Place(8)
        data = dumped([one, {"two": (two, one)}, b"B"])
        self.assertEqual([7, 8, 7], scanning.channel_ids(data))
        self.assertEqual([one, {"two": (two, one)}, b"B"], loading.loads(data, {7: one, 8: two}))
        self.assertEqual([], scanning.channel_ids(dumped([b"B" * 50, "BBBB", 0x42424242, float("nan")])))
        for length in range(1, len(data)):
            try:
                scanning.channel_ids(data[:length])
            except errors.LoadError:
                pass

    def test_against_stock_execnet(self):
        source = random.Random(7)
        # Stock execnet cannot write integers below int32.
        values = (random_value(source, arrays=False) for _ in range(1500))
        values = [value for value in values if "-" not in repr(value)]
        self.assertGreater(len(values), 300)
        echo = stock_python(pathlib.Path(__file__).with_name("stock_echo.py"))
        self.assertTrue(same(values, loading.loads(echo(dumped(values)))))
        negative = [-(2 ** 31) - 1, -(2 ** 90), [-(2 ** 63)]]
        self.assertEqual(repr(negative).encode(), echo(dumped(negative), "repr"))


if __name__ == "__main__":
    unittest.main()
