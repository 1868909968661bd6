"""A day on which all agree has no differences; a witness that says otherwise is named."""

import unittest

import figures
import said_sample as sample
from reconciliation import Comparisons, compare_day, compare_stores


def differences(said=None, offices=None, report=None):
    book = Comparisons()
    said = said or sample.said()
    compare_day(book, said, offices or sample.offices(), sample.OPTIONS,
                "PRR-5106-0000042")
    compare_stores(book, said, report or sample.verify_report())
    return book.differences


class ReconciliationTest(unittest.TestCase):
    def test_a_day_on_which_all_agree(self):
        self.assertEqual(differences(), [])

    def test_a_card_that_is_not_in_the_printers_tray(self):
        offices = sample.offices()
        offices["susut"].printer.finished.remove("a2")
        self.assertIn("Susut, cards fed: got 2, want 1 as lie in the printer's tray",
                      differences(offices=offices))

    def test_a_job_that_the_printer_began_twice(self):
        offices = sample.offices()
        offices["dinas"].printer.started.append("a3")
        self.assertEqual(differences(offices=offices),
                         ["Dinas, jobs that the printer began: got 2, want 1 as each may begin once"])

    def test_a_nation_that_booked_less(self):
        said = sample.said()
        said.ledger["printed"] = 1
        self.assertIn("good cards: got 2, want 1 as the nation's ledger says", differences(said))

    def test_a_blank_that_the_centre_books_elsewhere(self):
        said = sample.said()
        said.stock["balances"][0]["quantity"] = "7"
        found = differences(said)
        self.assertIn("susut, node_stock at the centre: got 7, want 8 as the office counts", found)
        self.assertIn("blanks in node_stock of susut: got 7, want 8 as the raw logs say", found)

    def test_cards_out_of_order(self):
        offices = sample.offices()
        offices["susut"].seen.prrs.reverse()
        self.assertTrue(differences(offices=offices)[0].startswith("Susut, order of the cards"))

    def test_a_case_that_nobody_expects(self):
        said = sample.said()
        said.cases.append({**said.cases[0], "kind": "CASE_KIND_LEASE_BREACH", "prr": "PRR-5106-0000007"})
        self.assertEqual(len(differences(said)), 1)

    def test_a_person_with_two_cards(self):
        offices = sample.offices()
        offices["susut"].seen.people[1] = b"1"
        self.assertEqual(differences(offices=offices),
                         ["people with a good card: got 1, want 2 as cards were handed out"])

    def test_an_entry_that_was_not_proven(self):
        said = sample.said()
        said.nodes["dinas"]["proven_seq"] = "7"
        self.assertEqual(differences(said),
                         ["dinas, proven entries: got 7, want 8 as the office wrote"])

    def test_a_store_that_does_not_verify(self):
        report = sample.verify_report()
        report["passed"] = False
        report["stores"][0]["differences"] = [{"sentence": "entry 4 has no signature"}]
        self.assertEqual(len(differences(report=report)), 2)

    def test_a_total_that_only_the_ledger_knows(self):
        said = sample.said()
        said.stock["balances"].append({"account": "missing", "holder": "susut", "quantity": "1"})
        found = differences(said)
        self.assertIn("blanks in missing of susut: got 1, want 0 as the raw logs say", found)


class FiguresTest(unittest.TestCase):
    def test_the_report_has_the_figures_of_the_nodes(self):
        report = figures.totals(sample.said(), seconds=41.26)
        self.assertEqual(report["cards_fed"], 3)
        self.assertEqual(report["cards_good"], 2)
        self.assertEqual(report["blanks_in_node_stock"], 17)
        self.assertEqual(report["training_refusals"], 1)
        self.assertEqual(report["duty_refusals"], 0)
        self.assertEqual(report["conservation"], "balanced")
        self.assertEqual(report["cases"], [
            {"kind": "withdrawn_printed", "entity": "…0042", "state": "closed"}])
        self.assertEqual((report["national_reported"], report["national_confirmed"]), (3, 3))
        self.assertEqual(report["seconds"], 41.3)


if __name__ == "__main__":
    unittest.main()
