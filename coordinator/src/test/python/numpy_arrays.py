"""What the worker makes of numpy's arrays. Run with one Python that has numpy, where test_*.py are run with all."""

import unittest
from array import array

import numpy

import worker_sources  # noqa: F401 - the package is found through it
from execnet4j_worker import dumping, errors, loading


def no_channel(value):
    return None


class NumpyTest(unittest.TestCase):
    def test_arrays_go_packed_or_as_lists(self):
        for kind in "float64", "float32", "int32", "int64":
            with self.subTest(kind):
                value = numpy.arange(5, dtype=kind)
                read = loading.loads(dumping.dumps(value, no_channel, packed=True))
                self.assertIs(array, type(read))
                self.assertTrue((numpy.frombuffer(read, dtype=kind) == value).all())
                self.assertEqual(value.tolist(), loading.loads(dumping.dumps(value, no_channel)))

    def test_every_other_element(self):
        value = numpy.arange(5.0)[::2]
        self.assertEqual([0, 2, 4], loading.loads(dumping.dumps(value, no_channel, packed=True)).tolist())

    def test_what_has_no_packed_form_is_refused(self):
        refused = numpy.zeros((2, 2)), numpy.zeros(2, ">f8"), numpy.zeros(2, bool), numpy.zeros(2, "M8[s]")
        for value in (*refused, numpy.float64(1)):
            with self.subTest(repr(value)), self.assertRaisesRegex(errors.DumpError, "cannot serialize"):
                dumping.dumps(value, no_channel, packed=True)


if __name__ == "__main__":
    unittest.main()
