"""Workers behind workers, for a plain execnet master."""

import time
import unittest

import execnet
from support import ENDLESS, PATIENCE, WORKER, Groups, await_gone


class BehindWorkers(Groups):
    def check(self, gateway, plain=False):
        info = gateway._rinfo()
        if plain:
            self.await_idle(gateway)
        self.assertEqual(gateway.remote_status().numexecuting, 0)
        self.group.terminate(timeout=10)
        await_gone(info.pid)
        return info

    @staticmethod
    def await_idle(gateway):
        """Plain execnet closes a task's channel while it still counts the task, that of _rinfo, too."""
        end = time.monotonic() + PATIENCE
        while gateway.remote_status().numexecuting and time.monotonic() < end:
            time.sleep(0.02)

    def test_a_jvm_worker_behind_a_jvm_worker(self):
        first = self.worker(keys="id=first//")
        inner = self.group.makegateway("popen//via=first")
        channel = inner.remote_exec("for (Object item : channel) { channel.send(item); }")
        data = bytes(range(256)) * 40_000
        channel.send(data)
        self.assertTrue(channel.receive(PATIENCE) == data)
        channel.close()
        self.assertNotEqual(inner._rinfo().pid, first._rinfo().pid)
        self.assertEqual(self.check(inner).executable, WORKER)

    def test_a_python_behind_a_jvm_worker(self):
        self.worker(keys="id=first//")
        inner = self.group.makegateway("popen//via=first//python=/usr/bin/python3")
        channel = inner.remote_exec("channel.send(channel.receive() * 2)")
        channel.send("ab")
        self.assertEqual(channel.receive(PATIENCE), "abab")
        channel.waitclose(PATIENCE)
        self.assertEqual(self.check(inner, plain=True).executable, "/usr/bin/python3")

    def test_a_jvm_worker_behind_a_python(self):
        self.group.makegateway("popen//id=first")
        inner = self.worker(keys="via=first//")
        channel = inner.remote_exec("channel.send((int) channel.receive() + 1);")
        channel.send(1)
        self.assertEqual(channel.receive(PATIENCE), 2)
        channel.waitclose(PATIENCE)
        self.check(inner)

    def test_an_endless_worker_behind_a_worker_is_killed(self):
        self.worker(keys="id=first//")
        inner = self.group.makegateway("popen//via=first")
        pid = inner._rinfo().pid
        inner.remote_exec(ENDLESS).receive(PATIENCE)
        self.group.terminate(timeout=1)
        await_gone(pid)

    def test_what_does_not_start_says_why(self):
        self.worker(keys="id=first//")
        with self.assertRaisesRegex(execnet.RemoteError, "/none"):
            self.group.makegateway("popen//via=first//python=/none")
        with self.assertRaisesRegex(execnet.RemoteError, "exit status 1: /bin/false"):
            self.group.makegateway("popen//via=first//python=/bin/false")


if __name__ == "__main__":
    unittest.main()
