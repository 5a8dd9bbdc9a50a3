"""A process beside the worker."""

from __future__ import annotations

import os
import select
import signal

from execnet4j_worker.family import kill_family, leads_session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from execnet4j_worker.wire import Pipes, Socket


class Watcher:
    """A process beside the worker, for what no thread in it can do: where a task has come to C code that keeps all
    other threads from running, or has all memory, or has the process stopped, nobody there notices that the coordinator
    is gone. It sees the end of the input without reading, gives the worker all the time that its own way to the exit
    takes, and then kills it and its family. It ends when the worker does; what is left of its session then ends too.

    No child of the worker's, and in a session of its own: a task may wait for its children, or kill its group.
    """

    PATIENCE = 24.0

    def __init__(self, wire: Pipes | Socket) -> None:
        """Starts it. For a process with one thread."""
        self._worker = os.getpid()
        self._leads = leads_session()
        self._source = wire.source
        # The worker alone has the writing end: that is closed when the worker is no more.
        self._life, held = os.pipe()
        try:
            between = os.fork()
        except OSError:  # no more processes can be had: then without
            os.close(self._life)
            os.close(held)
            return
        if between == 0:
            try:
                os.setsid()
                if os.fork() == 0:
                    os.close(held)
                    wire.leave_in_watcher()
                    self._let_go_of_standard_streams()
                    self._watch()
            finally:
                os._exit(0)
        os.waitpid(between, 0)
        os.close(self._life)
        os.register_at_fork(after_in_child=lambda: os.close(held))

    @staticmethod
    def _let_go_of_standard_streams() -> None:
        null = os.open(os.devnull, os.O_RDWR)
        for each in range(3):
            os.dup2(null, each)

    def _watch(self) -> None:
        ends = select.poll()
        ends.register(self._life, select.POLLIN)
        # That nobody writes to it any more is reported unasked for a pipe; for a socket only Linux has a way.
        ends.register(self._source, getattr(select, "POLLRDHUP", 0))
        if all(descriptor != self._life for descriptor, _ in ends.poll()):
            ends.unregister(self._source)
            if not ends.poll(self.PATIENCE * 1000):
                kill_family(self._worker, self._leads)
                os.kill(self._worker, signal.SIGKILL)
                ends.poll()
        # The last of the connection, where it is a socket.
        os.close(self._source)
        if self._leads:
            kill_family(self._worker, True)
