"""Counts a text file, as wc does. The workers count, each one file at a time; see docs/map.md."""


def apply(item):
    """Runs in a worker: one item in, one value out."""
    with open(item, encoding="utf-8") as file:
        text = file.read()
    return {"lines": len(text.splitlines()), "words": len(text.split()), "characters": len(text)}
