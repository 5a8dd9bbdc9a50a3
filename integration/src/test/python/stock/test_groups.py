"""Several JVM workers under one plain execnet master, and their ends."""

import os
import signal
import time
import unittest

import execnet
from support import ENDLESS, PATIENCE, Groups, await_gone, await_refusal

READY = "channel.send(1); try { channel.receive(); } catch (ChannelClosedException e) { }"


class SeveralWorkers(Groups):
    def test_each_gets_and_each_answers(self):
        self.workers(3)
        channels = self.group.remote_exec("channel.send((int) channel.receive() + 1);")
        channels.send_each(1)
        self.assertEqual(channels.receive_each(), [2, 2, 2])
        channels.waitclose()

    def test_a_receive_queue_with_an_endmarker(self):
        gateways = self.workers(3)
        pids = [gateway._rinfo().pid for gateway in gateways]
        channels = self.group.remote_exec(READY)
        queue = channels.make_receive_queue(endmarker="end")
        started = [queue.get(timeout=PATIENCE) for _ in range(3)]
        self.assertEqual({channel for channel, _ in started}, set(channels))
        self.group.terminate(timeout=10)
        ended = [queue.get(timeout=PATIENCE) for _ in range(3)]
        self.assertEqual([item for _, item in ended], ["end"] * 3)
        self.assertEqual({channel for channel, _ in ended}, set(channels))
        self.assertTrue(queue.empty())
        self.assertEqual(repr(self.group), "<Group []>")
        await_gone(*pids)

    def test_a_task_server_has_every_result(self):
        self.workers(3)
        channels = self.group.remote_exec(
            """
            channel.send("ready");
            for (Object item : channel) {
                if (item == null) {
                    break;
                }
                channel.send((int) item * (int) item);
            }
            """
        )
        queue = channels.make_receive_queue(endmarker=-1)
        tasks, results, ends = list(range(50)), [], 0
        while ends < 3:
            channel, item = queue.get(timeout=PATIENCE)
            if item == -1:
                ends += 1
                continue
            if item != "ready":
                results.append(item)
            channel.send(tasks.pop() if tasks else None)
        self.assertEqual(sorted(results), [i * i for i in range(50)])

    def test_errors_of_several(self):
        self.workers(2)
        channels = self.group.remote_exec("throw new IllegalStateException(\"mine\");")
        with self.assertRaisesRegex(execnet.RemoteError, "mine"):
            channels.waitclose()


class Ends(Groups):
    def test_endless_workers_are_killed_at_the_timeout(self):
        pids = [gateway._rinfo().pid for gateway in self.workers(2)]
        self.group.remote_exec(ENDLESS).receive_each()
        start = time.monotonic()
        self.group.terminate(timeout=1)
        self.assertLess(time.monotonic() - start, 10)
        await_gone(*pids)

    def test_a_killed_worker_ends_its_channels(self):
        for how in signal.SIGKILL, signal.SIGTERM:
            with self.subTest(how):
                self.check_killed(how)

    def check_killed(self, how):
        gateway = self.worker()
        waiting = gateway.remote_exec("channel.send(1); channel.receive();")
        waiting.receive(PATIENCE)
        late = gateway.remote_exec("channel.send(1); channel.receive();")
        late.receive(PATIENCE)
        os.kill(gateway._rinfo().pid, how)
        with self.assertRaises(EOFError):
            waiting.receive(PATIENCE)
        with self.assertRaises(EOFError):
            waiting.waitclose(PATIENCE)
        got = []
        late.setcallback(got.append, endmarker="end")
        self.assertEqual(got, ["end"])
        await_refusal(waiting)

    def test_a_worker_ends_with_its_master_and_its_children_with_it(self):
        gateway = self.worker()
        channel = gateway.remote_exec('channel.send((int) new ProcessBuilder("sleep", "1000").start().pid());')
        child, worker = channel.receive(PATIENCE), gateway._rinfo().pid
        gateway.exit()
        await_gone(worker, child)

    def test_the_children_of_a_killed_worker_end_with_it(self):
        channel = self.worker().remote_exec(
            """
            channel.send((int) new ProcessBuilder("sleep", "1000").start().pid());
            Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 1000 >/dev/null & echo $!").start();
            channel.send(Integer.valueOf(new String(parent.getInputStream().readAllBytes()).strip()));
            while (true) { }
            """
        )
        pids = [channel.receive(PATIENCE), channel.receive(PATIENCE)]
        pids += [channel.gateway._rinfo().pid]
        self.group.terminate(timeout=1)
        await_gone(*pids)

    def test_no_process_of_ours_is_a_child_of_the_worker_or_stays(self):
        gateway = self.worker()
        children = gateway.remote_exec("channel.send((int) ProcessHandle.current().descendants().count());")
        self.assertEqual(children.receive(PATIENCE), 0)
        watchers = self.watchers(gateway._rinfo().pid)
        self.assertEqual(len(watchers), 1)
        self.group.terminate(timeout=5)
        await_gone(*watchers)

    @staticmethod
    def watchers(worker):
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/cmdline" % pid, "rb") as line:
                    words = line.read().split(b"\0")
            except OSError:
                continue
            if words[1:2] and words[1].endswith(b"end_session.sh") and words[2] == b"%d" % worker:
                found.append(int(pid))
        return found

    def test_an_interrupted_task_ends_early(self):
        gateway = self.worker()
        pid = gateway._rinfo().pid
        gateway.remote_exec("channel.send(1); Thread.currentThread().join();").receive(PATIENCE)
        gateway.exit()
        await_gone(pid)


if __name__ == "__main__":
    unittest.main()
