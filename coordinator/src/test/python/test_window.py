"""The receiving side's account of a channel."""

import itertools
import unittest

import worker_sources  # noqa: F401
from execnet4j_worker.credit import GROWTH, PLENTY, WINDOW, Budget, Window


class WindowTest(unittest.TestCase):
    """The receiving side's account."""

    def test_one_item_in_place_of_another_counts_as_taken_and_arrived(self):
        def credit_after(step, announcing, size):
            budget = Budget(size)
            window = Window(budget, announcing)
            announced = [window.arrived(20_000)]
            announced += [step(window, 20_000) for _ in range(5)]
            announced.append(window.taken(20_000))
            return announced, window.waiting(), [budget.try_lend(each) for each in (100_000, 1)]

        def taken_and_arrived(window, size):
            return window.taken(size) + window.arrived(size)

        for announcing, size in itertools.product((True, False), (100_000, 2 * PLENTY)):
            with self.subTest(announcing=announcing, size=size):
                expected = credit_after(taken_and_arrived, announcing, size)
                self.assertEqual(expected, credit_after(Window.replaced, announcing, size))
                if size < PLENTY:
                    self.assertEqual((0, [True, False]), expected[1:])

    def test_a_window_grows_once_when_half_of_it_is_used_and_the_budget_has_plenty(self):
        window = Window(Budget(2 * PLENTY), True)
        half = WINDOW // 2
        self.assertEqual(0, window.arrived(half - 1))
        self.assertEqual(half + GROWTH, window.arrived(1))
        self.assertEqual(0, window.arrived(GROWTH // 4 - 1))  # announced in larger pieces from then on
        self.assertEqual(GROWTH // 4, window.arrived(1))
        scarce = Window(Budget(PLENTY - 1), True)
        self.assertEqual(half, scarce.arrived(half))


if __name__ == "__main__":
    unittest.main()
