"""Sends random values and checks that what comes back is the same, type by type."""

import array
import math
import random


def check(channel, seed, count):
    source = random.Random(seed)
    for _ in range(count):
        value = random_value(source)
        channel.send(value)
        back = channel.receive()
        if form(back) != form(value):
            raise AssertionError("%s came back as %s" % (form(value), form(back)))


def form(value):
    """A text that is the same exactly for values equal in type and content, the sign of zero included."""
    if isinstance(value, dict):
        return "dict" + form([each for entry in value.items() for each in entry])
    if isinstance(value, (list, tuple)):
        return type(value).__name__ + "(" + ",".join(map(form, value)) + ")"
    if isinstance(value, (set, frozenset)):
        return type(value).__name__ + "(" + ",".join(sorted(map(form, value))) + ")"
    if isinstance(value, complex):
        return "complex(%r, %r)" % (value.real, value.imag)
    return repr(value)


def random_value(source, depth=4, hashable=False):
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
    if not hashable:
        plain += [
            lambda: math.nan,
            lambda: array.array("d", [source.uniform(-1, 1) for _ in range(source.randint(0, 5))]),
            lambda: array.array("f", [source.choice([0.5, -0.0, math.inf])] * source.randint(0, 5)),
            lambda: array.array(source.choice("iq"), [source.randint(-9, 9)] * source.randint(0, 5)),
        ]
    if depth == 0:
        return source.choice(plain)()
    count = source.randint(0, 4)

    def items(only_hashable):
        return [random_value(source, depth - 1, only_hashable) for _ in range(count)]

    containers = [lambda: tuple(items(hashable)), lambda: frozenset(items(True))]
    if not hashable:
        containers += [
            lambda: items(False),
            lambda: set(items(True)),
            lambda: dict(zip(items(True), items(False))),
        ]
    return source.choice(plain + containers + containers)()
