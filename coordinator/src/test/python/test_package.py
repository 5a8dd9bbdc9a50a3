"""The worker's package as it is sent."""

import pathlib
import re
import unittest

from support import WorkerTestCase, worker_sources
import execnet4j_worker

FOLDER = worker_sources.FOLDER / "execnet4j_worker"


class LadderTest(unittest.TestCase):
    def test_a_module_imports_only_what_stands_above_it(self):
        lines = re.findall(r"^- ([a-z, ]+):", execnet4j_worker.__doc__, re.MULTILINE)
        order = [name for line in lines for name in line.split(", ")]
        self.assertEqual(sorted(order), sorted(path.stem for path in FOLDER.glob("[!_]*.py")))
        for place, name in enumerate(order):
            source = (FOLDER / f"{name}.py").read_text()
            imported = re.findall(r"^from execnet4j_worker\.(\w+) import", source, re.MULTILINE)
            self.assertEqual(set(), set(imported) - set(order[:place]), name)


class SentTest(WorkerTestCase):
    def test_where_a_fault_of_its_own_is(self):
        w = self.worker()
        w.run("channel.gateway._connection._dispatch = None")
        w.frame(0, 1)
        w.await_stderr(b"itself: TypeError: 'NoneType' object is not callable (<execnet4j worker/connection.py>, line ")

    def test_the_folder_it_runs_in_cannot_take_its_place(self):
        w = self.worker(cwd=str(pathlib.Path(__file__).parent))
        self.assertEqual(
            [["<execnet4j worker/channel.py>", "execnet4j_worker.channel"]],
            w.run("channel.send([type(channel).send.__code__.co_filename, type(channel).__module__])"),
        )


if __name__ == "__main__":
    unittest.main()
