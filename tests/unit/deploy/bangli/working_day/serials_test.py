"""Serial sets are listed blank by blank, in the text form that the nodes write."""

import unittest

import serials
from failure import Failure


class SerialsTest(unittest.TestCase):
    def test_lists_runs_and_single_serials_in_order(self):
        self.assertEqual(serials.expand("KPA-0000998..KPA-0001001,04A1B2C3D4E5F6"),
                         ["KPA-0000998", "KPA-0000999", "KPA-0001000", "KPA-0001001",
                          "04A1B2C3D4E5F6"])

    def test_an_empty_set_has_none(self):
        self.assertEqual(serials.expand(""), [])

    def test_a_range_of_two_kinds_is_refused(self):
        for text in ("KPA-0001..KPB-0009", "KPA-0001..KPA-00009", "KPA-0001..KPA-"):
            with self.assertRaises(Failure):
                serials.expand(text)


if __name__ == "__main__":
    unittest.main()
