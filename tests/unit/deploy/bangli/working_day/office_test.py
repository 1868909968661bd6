"""What the person at a counter does, against a node and a printer of our own."""

import unittest
from types import SimpleNamespace

from failure import Failure
from keping import Refused
from office import Office

NIK = "5106010101900001"


class Node:
    """Prints what is asked for; keeps the answers that people gave."""

    def __init__(self, printer):
        self._printer = printer
        self.refusal = None
        self.state = "completed"
        self.answers = []
        self._acts = 0

    def print_card(self, blank, wait=True, prr=None):
        if self.refusal:
            raise Refused(self.refusal, "No.")
        self._acts += 1
        act = f"act-{self._acts}"
        self._printer.started.append(act)
        if wait:
            self._printer.finished.add(act)
        return {"act": act, "prr": f"prr-{self._acts}", "state": self.state if wait else "sent"}

    def resolve_good(self, act, blank, nik_tail):
        self.answers.append((act, "good", blank, nik_tail))

    def resolve_spoiled(self, act):
        self.answers.append((act, "spoiled"))

    def resolve_unused(self, act):
        self.answers.append((act, "unused"))

    def status(self):
        return {"printers": [{"state": "ready"}]}


class Printer:
    def __init__(self):
        self.started = []
        self.finished = set()
        self.mode = "ok"

    def started_jobs(self):
        return self.started

    def finished_cards(self):
        return self.finished

    def read_nik(self, act):
        return NIK if act in self.finished else None

    def print_slowly(self, _):
        self.mode = "slow"

    def print_normally(self):
        self.mode = "ok"


class Watch:
    def wait_until(self, what, condition, _):
        value = condition()
        if not value:
            raise Failure(what)
        return value


class OfficeTest(unittest.TestCase):
    def setUp(self):
        self.printer = Printer()
        self.node = Node(self.printer)
        self.office = Office(SimpleNamespace(name="Susut"), self.node, self.printer, Watch())
        self.office.stock = ["b1", "b2", "b3"]

    def doubt(self, comes_out):
        """A node that was killed with a card in the printer, and is back."""
        blank, job = self.office.begin_slow_card(4)
        self.node.refusal = "K-112"
        if comes_out:
            self.printer.finished.add(job["act"])
        return self.office.resolve_doubt(blank, job)

    def test_a_good_card_is_confirmed_by_what_stands_on_it(self):
        self.office.print_card()
        self.assertEqual(self.node.answers, [("act-1", "good", "b1", "0001")])
        self.assertEqual((self.office.seen.fed, self.office.seen.good), (1, 1))
        self.assertEqual(self.office.stock, ["b2", "b3"])

    def test_a_bad_card_was_fed_and_is_not_good(self):
        self.office.print_badly()
        self.assertEqual(self.node.answers, [("act-1", "spoiled")])
        seen = self.office.seen
        self.assertEqual((seen.fed, seen.good, seen.spoiled), (1, 0, 1))

    def test_a_doubt_is_good_when_the_card_lies_in_the_tray(self):
        self.assertEqual(self.doubt(comes_out=True), "good")
        self.assertEqual(self.node.answers, [("act-1", "good", "b1", "0001")])
        self.assertEqual((self.office.seen.fed, self.office.seen.doubts), (1, ["good"]))
        self.assertEqual(self.printer.mode, "ok")

    def test_a_doubt_is_unused_when_none_does(self):
        self.assertEqual(self.doubt(comes_out=False), "unused")
        self.assertEqual(self.node.answers, [("act-1", "unused")])
        self.assertEqual((self.office.seen.fed, self.office.seen.doubts), (0, ["unused"]))
        self.assertEqual(self.office.stock, ["b1", "b2", "b3"])

    def test_a_refusal_for_another_reason_is_no_success(self):
        self.node.refusal = "K-112"
        with self.assertRaises(Refused):
            self.office.expect_refusal("K-113")

    def test_a_card_instead_of_a_refusal_is_a_failure(self):
        with self.assertRaisesRegex(Failure, "should be refused with K-113"):
            self.office.expect_refusal("K-113")

    def test_a_job_that_does_not_complete_is_a_failure(self):
        self.node.state = "failed"
        with self.assertRaisesRegex(Failure, "got a job that is failed"):
            self.office.print_card()


if __name__ == "__main__":
    unittest.main()
