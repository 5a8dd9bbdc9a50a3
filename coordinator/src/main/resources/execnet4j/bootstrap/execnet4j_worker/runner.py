"""Tasks and the threads that they run on."""

from __future__ import annotations

import collections
import gc
import os
import signal
import threading

from execnet4j_worker.deadlines import deadline_in, time_left
from execnet4j_worker.errors import ConnectionLost
from execnet4j_worker.output import flush_output
from execnet4j_worker.signals import SET_HANDLER
from execnet4j_worker.texts import complain
from execnet4j_worker.threads import THREADS
from execnet4j_worker.tracebacks import error_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

    from execnet4j_worker.channel import Channel
    from execnet4j_worker.connection import Connection
    from execnet4j_worker.signals import Interrupts
    from execnet4j_worker.tasks import Task

INTERRUPTED = "keyboard-interrupted"
DEADLOCK = "a second task at once would deadlock: with execmodel=main_thread_only tasks run one after another"
MODELS = ("thread", "main_thread_only")


class TaskRunner:
    """Runs tasks on the threads that the model wants, and knows which are running."""

    # So long a task waits for the main thread where it may run nowhere else.
    PATIENCE = 1.0

    def __init__(self, connection: Connection, interrupts: Interrupts, model: str) -> None:
        self.model = model
        self._connection = connection
        self._interrupts = interrupts
        self._changed = threading.Condition(threading.Lock())
        self._running: set[int] = set()
        self._executing = 0
        self._accepted = 0  # executing, or not yet done with telling the end
        self._interrupting = False
        self._main_jobs: collections.deque[Callable[[], None]] = collections.deque()
        self._main_wake = threading.Semaphore(0)
        self._main_busy = False
        self._main_interruptible = False
        self._stopped = False
        self._pid = os.getpid()

    def executing(self) -> int:
        return self._executing

    def start(self, channel: Channel, task: Task) -> None:
        """Has a task run. Does not wait."""
        with self._changed:
            self._accepted += 1
            self._executing += 1
            main_only = self.model == "main_thread_only"
            on_main = main_only or not self._main_busy
            if on_main:
                self._main_busy = True
        if on_main:
            self._start_on_main(channel, task, main_only)
            return
        name = f"execnet4j-task-{channel.id}"
        try:
            threading.Thread(target=self._run, args=(channel, task, False), name=name, daemon=True).start()
        except RuntimeError as e:  # no more threads can be had
            self._end(channel, error_text(e))

    def start_service(self, channel: Channel, service: Callable[[Channel], None]) -> None:
        """Has something run that is no task: at once, whatever the model; not counted, nor interrupted at the end."""

        def work() -> None:
            error = None
            try:
                service(channel)
            except BaseException as e:  # whatever it is, it is the service's
                error = error_text(e)
            self._tell_end(channel, error)

        with self._changed:
            self._accepted += 1
        try:
            threading.Thread(target=work, name=f"execnet4j-service-{channel.id}", daemon=True).start()
        except RuntimeError as e:  # no more threads can be had
            self._tell_end(channel, error_text(e))

    def _start_on_main(self, channel: Channel, task: Task, main_only: bool) -> None:
        claim = threading.Lock()
        begun = threading.Event()

        def work() -> None:
            if claim.acquire(blocking=False):
                begun.set()
                self._run(channel, task, True)

        def refuse() -> None:
            if not begun.wait(self.PATIENCE) and claim.acquire(blocking=False):
                self._end(channel, DEADLOCK)

        self._main_jobs.append(work)
        self._main_wake.release()
        if main_only:
            THREADS.start(refuse)

    def serve_main_thread(self) -> None:
        """The main thread's work until the end."""
        while not self._stopped:
            try:
                self._main_wake.acquire()
                while self._main_jobs:
                    self._main_jobs.popleft()()
            except KeyboardInterrupt:  # raised by a handler that a task left behind, too late for that task
                pass

    def stop(self) -> None:
        """Ends serve_main_thread, once it is idle."""
        self._stopped = True
        self._main_wake.release()

    def await_idle(self, timeout: float) -> bool:
        deadline = deadline_in(timeout)
        with self._changed:
            while self._accepted:
                left = time_left(deadline)
                if left == 0:
                    return False
                self._changed.wait(left)
            return True

    def interrupt_all(self) -> None:
        """Raises KeyboardInterrupt in what runs, as far as Python lets it, and in whatever begins from now on."""
        with self._changed:
            self._interrupting = True
            for thread in self._running:
                if thread == threading.main_thread().ident:
                    signal.pthread_kill(thread, signal.SIGINT)
                else:
                    raise_in_thread(thread, KeyboardInterrupt)

    def _on_interrupt(self, _signal: int, _frame: object) -> None:
        if self._main_interruptible:
            self._interrupts.arrived()

    def _run(self, channel: Channel, task: Task, on_main: bool) -> None:
        error = None
        tell = True
        starved = False
        try:
            try:
                self._begin(on_main)
                task.run(channel)
            finally:
                self._leave(on_main)
        except KeyboardInterrupt:
            error = INTERRUPTED
        except ConnectionLost as e:
            # Whoever started it is gone or has ended this gateway, and knows.
            tell = self._connection.is_live()
            error = error_text(e)
        except BaseException as e:  # SystemExit too: it is the task's, not the worker's
            error = error_text(e)
            starved = isinstance(e, MemoryError)
        if starved:
            gc.collect()  # the task's globals and its functions hold each other
        if os.getpid() != self._pid:
            self._end_forked(error)
        self._end(channel, error, tell, on_main)

    def _begin(self, on_main: bool) -> None:
        if on_main:
            SET_HANDLER(signal.SIGINT, self._on_interrupt)
            self._main_interruptible = True
        with self._changed:
            self._running.add(threading.get_ident())
            if self._interrupting:
                raise KeyboardInterrupt

    def _leave(self, on_main: bool) -> None:
        if on_main:
            self._main_interruptible = False
        with self._changed:
            self._running.discard(threading.get_ident())

    @staticmethod
    def _end_forked(error: str | None) -> None:
        """A task has forked and the child has come to the task's end; the worker goes on in the parent alone."""
        if error is not None:
            complain(f"in a forked child: {error}")
        flush_output()
        os._exit(0 if error is None else 1)

    def _end(self, channel: Channel, error: str | None, tell: bool = True, on_main: bool = False) -> None:
        # Whoever sees the channel closed may count on the thread being free.
        with self._changed:
            self._executing -= 1
            if on_main:
                self._main_busy = False
        self._tell_end(channel, error, tell)

    def _tell_end(self, channel: Channel, error: str | None, tell: bool = True) -> None:
        if tell:
            channel._link.task_ended(error)
        with self._changed:
            self._accepted -= 1
            self._changed.notify_all()


def raise_in_thread(thread: int, kind: type) -> None:
    """Where Python has a way; what sleeps or waits outside of Python's code goes on."""
    try:
        import ctypes

        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(kind))
    except (ImportError, AttributeError):
        pass
