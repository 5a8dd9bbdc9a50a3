"""Where the worker starts."""

from __future__ import annotations

import atexit
import os

from execnet4j_worker.output import flush_output, private_descriptors
from execnet4j_worker.runner import MODELS
from execnet4j_worker.texts import complain
from execnet4j_worker.watcher import Watcher
from execnet4j_worker.wire import Pipes, Socket
from execnet4j_worker.worker import Worker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

READY = b"1"
READY_ON_SOCKET = b"2"
UNUSABLE_STATUS = 78  # EX_CONFIG of sysexits.h


def main(config: dict[str, Any]) -> None:
    """Serves the coordinator on descriptors 0 and 1; does not return.

    The configuration: ``id`` of the gateway; ``execmodel``, thread or main_thread_only; ``bytebudget`` for unread bytes
    or None; ``stdout``, forward (to standard error) or null; ``extensions``, whether the coordinator is one of ours;
    ``orphan`` (optional), after so many seconds of silence the coordinator is gone, if there are to be heartbeats;
    ``session`` (optional), whether to lead a session of its own, so that all it starts can be found; ``socket``
    (optional), where the coordinator can be met, instead of over the descriptors.
    """
    if config["execmodel"] not in MODELS:
        complain(f"a Python worker does not know execmodel={config['execmodel']}, only {' and '.join(MODELS)}")
        os._exit(UNUSABLE_STATUS)
    if config.get("session"):
        try:
            os.setsid()
        except OSError:  # it leads one already
            pass
    pipes = Pipes(*private_descriptors(config.get("stdout") == "null"))
    socket = Socket.met_at(config.get("socket"))
    pipes.write(READY if socket is None else READY_ON_SOCKET)
    if socket is not None:
        pipes.close()
    wire: Pipes | Socket = pipes if socket is None else socket
    Watcher(wire)
    status = Worker(wire, config).serve()
    atexit._run_exitfuncs()
    flush_output()
    os._exit(status)
