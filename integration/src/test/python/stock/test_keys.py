"""Keys of a stock master's spec, options of the script, and the bound of what is unread."""

import os
import subprocess
import tempfile
import time
import unittest

import execnet
from support import PATIENCE, WORKER, Groups

NICENESS = """
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    channel.send(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
"""

MINE = 'public class Mine { public static int count; public static final String NAME = "mine"; }'


class Keys(Groups):
    def ask(self, gateway, text):
        channel = gateway.remote_exec(text)
        answer = channel.receive(PATIENCE)
        channel.waitclose(PATIENCE)
        return answer

    def test_nice_is_for_every_thread(self):
        gateway = self.worker(keys="nice=5//")
        wanted = str(min(19, os.nice(0) + 5))
        self.assertEqual(self.ask(gateway, NICENESS), wanted)
        fresh = "Thread t = new Thread(() -> { try { %s } catch (IOException e) { } }); t.start(); t.join();"
        self.assertEqual(self.ask(gateway, fresh % NICENESS), wanted)

    def test_chdir_says_how_to_do_it(self):
        with self.assertRaisesRegex(execnet.RemoteError, "python=env -C /tmp .*/execnet4j-worker"):
            self.worker(keys="chdir=/tmp//")

    def test_a_variable_says_how_to_do_it(self):
        with self.assertRaisesRegex(execnet.RemoteError, "python=env FOO=bar .*/execnet4j-worker"):
            self.worker(keys="env:FOO=bar//")

    def test_directory_and_variable_in_the_command(self):
        with tempfile.TemporaryDirectory() as folder:
            gateway = self.group.makegateway("popen//python=env -C %s FOO=bar %s" % (folder, WORKER))
            self.assertEqual(self.ask(gateway, 'channel.send(System.getenv("FOO"));'), "bar")
            self.assertEqual(gateway._rinfo().cwd, os.path.realpath(folder))

    def test_options_of_a_python_are_ignored(self):
        gateway = self.worker(rest=" -E -W ignore", keys="dont_write_bytecode//")
        self.assertEqual(self.ask(gateway, "channel.send(1);"), 1)

    def test_options_for_the_jvm(self):
        gateway = self.worker(rest="  -J-Dsize=77 '-J-Dtwo=two words'")
        self.assertEqual(self.ask(gateway, "channel.send(Integer.getInteger(\"size\"));"), 77)
        self.assertEqual(self.ask(gateway, 'channel.send(System.getProperty("two"));'), "two words")

    def test_the_users_classes(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "Mine.java"), "w") as source:
                source.write(MINE)
            subprocess.check_call([os.path.join(os.environ["JAVA_HOME"], "bin", "javac"), "-d", folder, source.name])
            for gateway in (
                self.worker(rest=" -cp " + folder),
                self.group.makegateway("popen//python=env CLASSPATH=%s %s" % (folder, WORKER)),
            ):
                self.assertEqual(self.ask(gateway, "channel.send(Mine.NAME);"), "mine")
                self.assertEqual([self.ask(gateway, "channel.send(++Mine.count);") for _ in range(2)], [1, 2])

    def test_the_main_thread_only(self):
        if execnet.__version__ < "2":
            # It refuses the key itself.
            with self.assertRaises(ValueError):
                execnet.gateway_base.get_execmodel("main_thread_only")
            return
        gateway = self.worker(keys="execmodel=main_thread_only//")
        self.assertEqual(gateway.remote_status().execmodel, "main_thread_only")
        self.assertEqual(self.ask(gateway, "channel.send(Thread.currentThread().getName());"), "main")


class Bounds(Groups):
    def test_a_channel_that_nobody_reads_is_closed_at_half_of_the_heap(self):
        gateway = self.worker(rest=" -J-Xmx64m")
        channel = gateway.remote_exec("channel.send(1); new java.util.concurrent.CountDownLatch(1).await();")
        channel.receive(PATIENCE)
        item = b"x" * 1_000_000
        end = time.monotonic() + PATIENCE
        with self.assertRaisesRegex(OSError, "cannot send"):
            while time.monotonic() < end:
                channel.send(item)
        with self.assertRaisesRegex(execnet.RemoteError, "the receiver held 3[0-9]{7} unread bytes and takes no more"):
            channel.waitclose(PATIENCE)
        self.assertEqual(gateway.remote_status().numexecuting, 1)


if __name__ == "__main__":
    unittest.main()
