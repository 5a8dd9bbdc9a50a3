"""What the tests of a plain execnet master share: it drives JVM workers, named by the variable EXECNET4J_WORKER."""

import os
import time
import unittest

import execnet

WORKER = os.environ["EXECNET4J_WORKER"]
SPEC = "popen//python=" + WORKER

# For workers that live for a second or two: what the optimizing compiler makes of them would come too late.
SHORT_LIVED = " -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC"

# A machine that builds beside the tests can be slow.
PATIENCE = 60

ENDLESS = "channel.send(1); while (true) { }"


def is_gone(pid):
    """Whether a process has ended; a zombie has."""
    try:
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def await_gone(*pids):
    end = time.monotonic() + PATIENCE
    while not all(is_gone(pid) for pid in pids):
        if time.monotonic() > end:
            raise AssertionError("still there: %s" % (pids,))
        time.sleep(0.02)


def await_refusal(channel):
    """Sends until it fails: plain execnet learns from the system that nobody reads, and that may take a moment."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            channel.send(1)
        except OSError:
            return
        time.sleep(0.02)
    raise AssertionError("still sending")


class Groups(unittest.TestCase):
    """A group for each test, whose workers are gone in the end."""

    def setUp(self):
        self.group = execnet.Group()
        self.addCleanup(self.group.terminate, timeout=5)

    def worker(self, rest="", keys=""):
        return self.group.makegateway("popen//" + keys + "python=" + WORKER + SHORT_LIVED + rest)

    def workers(self, count):
        return [self.worker() for _ in range(count)]


class OneWorker(unittest.TestCase):
    """One worker for all tests of a class; it has nothing left of a test when that is over."""

    @classmethod
    def setUpClass(cls):
        cls.group = execnet.Group()
        cls.gateway = cls.group.makegateway(SPEC)

    @classmethod
    def tearDownClass(cls):
        cls.group.terminate(timeout=5)

    def tearDown(self):
        status = self.gateway.remote_status()
        self.assertEqual((status.numexecuting, status.numchannels), (0, 0))

    def run_java(self, text):
        return self.gateway.remote_exec(text)

    def error_of(self, text):
        with self.assertRaises(execnet.RemoteError) as caught:
            self.run_java(text).waitclose(PATIENCE)
        return str(caught.exception)
