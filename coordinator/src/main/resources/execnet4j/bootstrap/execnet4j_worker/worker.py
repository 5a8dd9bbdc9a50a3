"""One coordinator served."""

from __future__ import annotations

import os
import threading

from execnet4j_worker.connection import Connection
from execnet4j_worker.family import kill_family, leads_session
from execnet4j_worker.frames import HELLO
from execnet4j_worker.heartbeat import Heartbeat
from execnet4j_worker.runner import TaskRunner
from execnet4j_worker.signals import Interrupts
from execnet4j_worker.tasks import Task

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from execnet4j_worker.channel import Channel
    from execnet4j_worker.wire import Pipes, Socket

NOT_PYTHON = "this worker runs Python tasks (source, file name, function name, keyword arguments), and nothing else"

# What stands for a task where none is wanted, but this worker is the way to another.
RELAY = "relay"


def relay(channel: Channel) -> None:
    from execnet4j_worker.relay import relay  # few workers are asked to

    relay(channel)


class Worker:
    """One coordinator served, until that is gone."""

    GRACE = 5.0
    AFTER_INTERRUPT = 10.0
    LAST_WORDS = 2.0
    USERS_EXIT_HOOKS = 5.0
    RESERVE = 1 << 20
    # 128 and the number of SIGINT; what timeout(1) gives.
    INTERRUPTED_STATUS = 130
    HALTED_STATUS = 124

    def __init__(self, wire: Pipes | Socket, config: dict[str, Any]) -> None:
        budget = config.get("bytebudget")
        self._extensions = bool(config.get("extensions"))
        self._interrupts = Interrupts()
        self._connection = Connection(
            wire, config["id"], self._extensions, default_budget() if budget is None else budget, self, self._interrupts
        )
        self._runner = TaskRunner(self._connection, self._interrupts, config["execmodel"])
        self._orphan: float | None = config.get("orphan")
        self._status = 0
        self._leaving = threading.Lock()
        self._leaving.acquire()
        # To be let go of when the family is looked for.
        self._reserve: bytes | None = bytes(self.RESERVE)

    def serve(self) -> int:
        """For the main thread; the result is the exit status."""
        if self._extensions:
            hello: dict[str, object] = {**self._connection.gateway.info(), "heartbeats": True}
            self._connection.offer(HELLO, 0, self._connection.encode(hello))
        threading.Thread(target=self._descend, name="execnet4j-exit", daemon=True).start()
        self._interrupts.woken_by(self._connection.reader.ring)
        self._interrupts.watch_handlers()
        self._connection.start()
        if self._orphan is not None:
            Heartbeat(self._connection, self._orphan).start()
        self._runner.serve_main_thread()
        return self._status

    def exec(self, channel: Channel, payload: bytes | bytearray) -> None:
        order = self._connection.decode(payload)
        if order == RELAY:
            self._runner.start_service(channel, relay)
            return
        task = Task.of(order)
        if task is None:
            channel._link.task_ended(NOT_PYTHON)
        else:
            self._runner.start(channel, task)

    def status(self) -> dict[str, object]:
        return {"numexecuting": self._runner.executing(), "execmodel": self._runner.model}

    def ended(self) -> None:
        """Has the process go down the ladder. Needs no memory; again, it does nothing."""
        try:
            self._leaving.release()
        except RuntimeError:  # it is on its way
            pass

    def _descend(self) -> None:
        """The exit thread, there from the start: a task may have taken all memory, and a thread needs some."""
        self._leaving.acquire()
        status = self.HALTED_STATUS
        try:
            reached = self._end_tasks()
            self._connection.writer.finish(self.LAST_WORDS)
            status = reached
        except BaseException:  # whatever it is, a worker that nobody is connected to must not stay
            pass
        self._reserve = None
        try:
            kill_family(os.getpid(), leads_session())
            if status != self.HALTED_STATUS:
                self._status = status
                self._runner.stop()
                # The main thread runs the exit hooks of users, and ends the process first if they do.
                threading.Event().wait(self.USERS_EXIT_HOOKS)
        finally:
            os._exit(status)

    def _end_tasks(self) -> int:
        """Tasks get time to end, are interrupted, get more time; the result is the exit status to give."""
        if self._runner.await_idle(self.GRACE):
            return 0
        self._runner.interrupt_all()
        return self.INTERRUPTED_STATUS if self._runner.await_idle(self.AFTER_INTERRUPT) else self.HALTED_STATUS


def default_budget() -> int:
    """A sixteenth of the memory, at most 64 MiB."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        memory = 1 << 30
    return min(1 << 26, memory // 16)
