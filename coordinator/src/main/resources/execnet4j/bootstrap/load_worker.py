"""The first that a Python worker runs: has the package execnet4j_worker imported from texts, and starts it.

The coordinator sends this over stdin to any Python from 3.8 on, with the sources of the package; it needs nothing but
the standard library and writes nothing to disk.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

PACKAGE = "execnet4j_worker"
SPEC: Any = type(sys.__spec__)  # the class that importlib.machinery has, which is slow to import


class Sources:
    """Finds and loads the modules of the package, each when it is first imported."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        package, _, module = name.partition(".")
        if package != PACKAGE or module and module not in self._texts:
            return None
        spec: ModuleSpec = SPEC(name, self, origin=f"<execnet4j worker/{module}.py>", is_package=not module)
        return spec

    def create_module(self, _spec: ModuleSpec) -> None:
        """A module of the usual kind will do."""

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__.partition(".")[2]
        if name:
            exec(compile(self._texts[name], f"<execnet4j worker/{name}.py>", "exec"), vars(module))
            del self._texts[name]


def start(texts: dict[str, str], config: dict[str, Any]) -> None:
    """Does not return."""
    sys.meta_path.insert(0, Sources(texts))
    from execnet4j_worker.start import main

    main(config)
