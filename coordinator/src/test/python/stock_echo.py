"""Run by a Python that has stock execnet: loads a payload from stdin, dumps it again (or its repr) to stdout."""

import sys

from execnet.gateway_base import dumps_internal, loads_internal

value = loads_internal(sys.stdin.buffer.read())
sys.stdout.buffer.write(repr(value).encode() if sys.argv[1:] == ["repr"] else dumps_internal(value))
