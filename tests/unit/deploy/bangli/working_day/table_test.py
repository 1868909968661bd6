"""Tables are aligned, and nothing in them needs colours or a wide screen."""

import unittest

import figures
import said_sample as sample
import table


class TableTest(unittest.TestCase):
    def test_columns_are_aligned(self):
        self.assertEqual(table.render([["", "A", "Long"], None, ["first", "1", "2,000"]]),
                         "       A   Long\n---------------\nfirst  1  2,000")

    def test_the_day_fits_a_screen_of_100_columns(self):
        text = table.day_table(sample.said(), sample.offices())
        self.assertLessEqual(max(map(len, text.splitlines())), 100)
        self.assertIn("cards fed", text)

    def test_the_summary_says_what_the_doubt_was(self):
        report = figures.totals(sample.said(), 41.2)
        report["differences"] = []
        self.assertIn("the scan says good", table.summary(report, "good"))
        self.assertIn("No card had been fed", table.summary(report, "unused"))
        self.assertIn("All witnesses agree.", table.summary(report, "good"))


if __name__ == "__main__":
    unittest.main()
