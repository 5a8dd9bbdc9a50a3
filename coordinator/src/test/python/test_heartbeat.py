"""Signs of life between worker and coordinator, and the end of a worker that gets none."""

import time
import unittest

from support import WorkerTestCase
from execnet4j_worker import frames


class HeartbeatTest(WorkerTestCase):
    def test_beats_come_by_themselves_while_a_task_is_busy(self):
        w = self.worker(orphan=30)
        self.assertIs(True, w.hello["heartbeats"])
        w.exec("while True: pass")
        for _ in range(2):
            self.assertEqual((frames.HEARTBEAT, 0, b""), w.next())

    def test_a_worker_that_hears_nothing_ends_and_any_byte_is_a_sign_of_life(self):
        w = self.worker(orphan=6)
        number = w.exec("try: channel.receive()\nexcept EOFError: channel.send('it is gone')")
        begun = time.monotonic()
        frame = frames.HEADER.pack(frames.HEARTBEAT, 0, 0)
        for byte in frame:
            w.write(bytes([byte]))
            self.assertEqual(frames.HEARTBEAT, w.next(0)[0])
        self.assertGreater(time.monotonic() - begun, 6)
        self.assertEqual("it is gone", w.item(number))
        self.assertEqual(0, w.exit_status())

    def test_without_a_wish_there_are_none_and_silence_is_no_end(self):
        w = self.worker()
        self.assertEqual(["late"], w.run("import time; time.sleep(7); channel.send('late')"))
        self.assertNotIn(0, w.early)


if __name__ == "__main__":
    unittest.main()
