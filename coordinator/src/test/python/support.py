"""What the tests share: the worker's source as a module, where things are, a Python with stock execnet."""

import functools
import importlib.util
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[4]
SOURCE = ROOT / "coordinator/src/main/resources/execnet4j/bootstrap/worker.py"
GOLDEN = ROOT / "kernel/src/test/resources/execnet4j/serial/golden"


def _load():
    spec = importlib.util.spec_from_file_location("execnet4j_worker", SOURCE)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


worker = _load()


@functools.lru_cache()
def _python_with_execnet():
    for command in "python3", "/usr/bin/python3":
        if subprocess.run([command, "-c", "import execnet"], stderr=subprocess.DEVNULL).returncode == 0:
            return command
    raise AssertionError("no python3 here has execnet; on Debian: apt-get install python3-execnet")


def stock_python(script):
    """A function that runs a script with a Python that has stock execnet, bytes in and bytes out."""

    def run(data, *arguments):
        command = [_python_with_execnet(), "-B", str(script), *arguments]
        return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout

    return run
