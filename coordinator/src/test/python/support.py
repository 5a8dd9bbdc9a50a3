"""What the tests share: a worker driven by a script, a Python with stock execnet."""

import functools
import io
import os
import queue
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import unittest

import worker_sources
from execnet4j_worker import dumping, forms, frames, loading, scanning

GOLDEN = worker_sources.ROOT / "kernel/src/test/resources/execnet4j/serial/golden"


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


WAIT = 20.0


def lives(process):
    try:
        with open(f"/proc/{process}/stat", "rb") as stat:
            return stat.read().rpartition(b")")[2].split()[0] != b"Z"
    except OSError:
        return False


def ends(process, timeout=WAIT):
    """Whether it does so soon enough. Who is killed lives on for a moment."""
    deadline, pause = time.monotonic() + timeout, threading.Event()
    while lives(process) and time.monotonic() < deadline:
        pause.wait(0.01)
    return not lives(process)


def _frames(stream):
    """The frames of a buffered stream, until its end between two of them."""
    while True:
        header = stream.read(forms.HEADER.size)
        if len(header) < forms.HEADER.size:
            return
        kind, number, length = forms.HEADER.unpack(header)
        yield kind, number, stream.read(length)


class NotStarted(Exception):
    """Exit status and standard error of a worker that did not come to life."""


class SocketInput:
    """What is written to a worker that is met on a socket, as the pipe that it stands for."""

    def __init__(self, connection):
        self.connection = connection

    def write(self, data):
        return self.connection.send(data)

    def close(self):
        try:
            self.connection.shutdown(socket.SHUT_WR)
        except OSError:  # it is closed already
            pass


class Worker:
    """A worker under test, driven by a scripted coordinator over two pipes or a socket."""

    def __init__(self, extensions=True, execmodel="thread", bytebudget=None, stdout="forward", **more):
        self.slowly = more.pop("slowly", False)
        reads = more.pop("reads", True)
        meeting = self._meeting_point(more) if more.pop("on_socket", False) else None
        place = {name: more.pop(name, None) for name in ("cwd", "env")}
        config = dict(
            id="gw0", execmodel=execmodel, bytebudget=bytebudget, stdout=stdout, extensions=extensions, **more
        )
        self.process = subprocess.Popen(
            [sys.executable, *worker_sources.COMMAND], **place,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
        )
        self.stderr = b""
        self.frames = queue.Queue()
        self.next_id = 1
        self.early = {}
        self.hello = None
        self._threads = [threading.Thread(target=self._read_stderr, daemon=True)]
        self._threads[0].start()
        self.write(worker_sources.first_line(config))
        if self.process.stdout.read(1) != (b"1" if meeting is None else b"2"):
            status = self.exit_status()
            self.process.stdout.close()
            self.discard()
            raise NotStarted(status, self.stderr.decode())
        if meeting is not None:
            self._meet(meeting)
        if not reads:
            return
        self.begin_reading()
        if extensions:
            kind, number, payload = self.frames.get(timeout=WAIT)
            assert (kind, number) == (frames.HELLO, 0)
            self.hello = loading.loads(payload)

    def _meeting_point(self, more):
        folder = tempfile.TemporaryDirectory()
        more["socket"] = os.path.join(folder.name, "s")
        server = socket.socket(socket.AF_UNIX)
        server.bind(more["socket"])
        server.listen()
        return server, folder

    def _meet(self, meeting):
        server, folder = meeting
        connection, _ = server.accept()
        server.close()
        folder.cleanup()
        assert self.process.stdout.read(1) == b"", "it still has its pipes"
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.stdin = SocketInput(connection)
        self.process.stdout = connection.makefile("rb", buffering=0)

    def begin_reading(self):
        """For a worker made with reads=False."""
        self._threads.append(threading.Thread(target=self._read_frames, daemon=True))
        self._threads[1].start()

    def _read_frames(self):
        with io.BufferedReader(self.process.stdout) as stream:
            for frame in _frames(stream):
                self.frames.put(frame)
        self.frames.put(None)

    def _read_stderr(self):
        for block in iter(lambda: self.process.stderr.read(4096), b""):
            self.stderr += block

    def await_stderr(self, words):
        deadline = time.monotonic() + WAIT
        while words not in self.stderr:
            assert time.monotonic() < deadline, self.stderr
            time.sleep(0.01)

    def write(self, data):
        if self.slowly:
            for start in range(0, len(data), 7000 if len(data) > 10_000 else 1):
                self.process.stdin.write(data[start:start + (7000 if len(data) > 10_000 else 1)])
        else:
            rest = memoryview(data)
            while rest:
                rest = rest[self.process.stdin.write(rest):]

    def frame(self, kind, number, payload=b""):
        self.write(forms.HEADER.pack(kind, number, len(payload)) + bytes(payload))

    def encode(self, value):
        return dumping.dumps(value, lambda each: each.number if isinstance(each, Ref) else None)

    def exec(self, source, file=None, function=None, **kwargs):
        """Starts a task, of a text without its indentation; the result is its channel's id."""
        if file is None:
            source = textwrap.dedent(source)
        number, self.next_id = self.next_id, self.next_id + 2
        self.frame(frames.EXEC, number, self.encode((source, file, function, kwargs)))
        return number

    def send(self, number, value):
        self.frame(frames.DATA, number, self.encode(value))

    def next(self, number=None, credit=False):
        """The next frame, of a channel if asked for: (kind, id, value or payload). Credit is left out."""
        waiting = self.early.setdefault(number, []) if number is not None else []
        if waiting:
            return waiting.pop(0)
        while True:
            frame = self.frames.get(timeout=WAIT)
            if frame is None:
                self.frames.put(None)
                return None
            kind, its_number, payload = frame
            if kind == frames.CREDIT and not credit:
                continue
            if kind in (frames.DATA, frames.CLOSE_ERROR):
                payload = loading.loads(payload, {each: Ref(each) for each in scanning.channel_ids(payload)})
            if number is None or its_number == number:
                return kind, its_number, payload
            self.early.setdefault(its_number, []).append((kind, its_number, payload))

    def item(self, number):
        """The value of a channel's next frame, which must be an item."""
        frame = self.next(number)
        assert frame is not None and frame[0] == frames.DATA, (frame, self.stderr)
        return frame[2]

    def closed(self, number):
        """A channel's next frame must close it; the result is the error's text or None."""
        frame = self.next(number)
        assert frame is not None and frame[0] in (frames.CLOSE, frames.CLOSE_ERROR), (frame, self.stderr)
        return frame[2] if frame[0] == frames.CLOSE_ERROR else None

    def run(self, source, **more):
        """All items of a task, which must end well."""
        number = self.exec(source, **more)
        items = []
        while True:
            kind, _, value = self.next(number)
            if kind != frames.DATA:
                assert kind == frames.CLOSE, value
                return items
            items.append(value)

    def status(self):
        number, self.next_id = self.next_id, self.next_id + 2
        self.frame(frames.STATUS, number)
        value = self.item(number)
        assert self.closed(number) is None
        return value

    def end(self, timeout=WAIT):
        """Ends its input; the result is the exit status."""
        self.process.stdin.close()
        return self.exit_status(timeout)

    def exit_status(self, timeout=WAIT):
        status = self.process.wait(timeout)
        for thread in self._threads:
            thread.join(5)
        return status

    def discard(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for stream in self.process.stdin, self.process.stderr:
            try:
                stream.close()
            except OSError:
                pass
        if isinstance(self.process.stdin, SocketInput):
            self.process.stdin.connection.close()


class Ref:
    """Stands for a channel in values of the scripted coordinator."""

    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return isinstance(other, Ref) and other.number == self.number

    def __hash__(self):
        return self.number


class WorkerTestCase(unittest.TestCase):
    """Workers made here are gone after each test."""

    def worker(self, **config):
        made = Worker(**config)
        self.addCleanup(made.discard)
        return made


class ChannelTestCase(WorkerTestCase):
    """A worker that ends well and has nothing to say about itself; subclasses say of what kind."""

    config = {}

    def setUp(self):
        self.w = self.worker(**self.config)

    def tearDown(self):
        self.assertEqual(0, self.w.end())
        self.assertEqual(b"", self.w.stderr)
