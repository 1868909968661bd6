"""The print room beyond one card through the `keping` command: batches, cancelling, corrections, time
lines, the printer as a machine, the office day."""

import os
import unittest

from office_case import OfficeCase

AYU = ["--operator", "ayu"]
MADE = ["--operator", "made"]  # the supervisor
GOOD = ["--nik-tail", "0007", *AYU]  # the NIKs of prr-003 … end so


class KepingPressTest(OfficeCase):

    def complete(self, act):
        self.printer_says(act, "accepted")
        self.printer_says(act, "completed")

    def batch(self):
        return self.done("batch", "show")

    def job(self, act):
        return [job for job in self.done("jobs")["jobs"] if job["act"] == act][0]

    def events(self, *of):
        return [entry["event"] for entry in self.done("history", *of)["entries"]]

    def refused_print(self, code, *words):
        answer = self.edge(*words)
        self.assertEqual(answer.returncode, 3, words)
        self.assertIn(code, answer.stderr.decode())

    def print_one(self, blank):
        return self.done("print", "--blank", blank, *AYU)["act"]

    def test_a_batch_stops_at_the_first_card_on_another_blank(self):
        self.refused("K-151", "batch", "open", "--blanks", "A0001", *AYU)
        batch = self.done("batch", "open", "--blanks", "A0005,A0003,A0004", *AYU)["batch"]
        self.refused("K-152", "spoil", "A0004", "--cause", "factory", *AYU)
        first = self.batch()["jobs"][0]["act"]
        self.complete(first)
        second = self.batch()["jobs"][1]["act"]
        self.complete(second)
        running = self.batch()
        self.assertEqual((running["to_scan"], running["waiting"]), ([first, second], []))
        # The first two blanks lay the other way round.
        self.done("verify-card", first, "--blank", "A0003", *GOOD)
        stopped = self.batch()
        self.assertEqual((stopped["end"], stopped["ended_by"]), ("BATCH_END_MISMATCH", first))
        self.assertEqual(stopped["jobs"][1]["blank"], "A0005")
        words = self.edge("batch", "show", batch).stdout.decode()
        self.assertIn("may be shifted", words)
        # The screen leads through the rest; the printer waits for it.
        third = stopped["jobs"][2]["act"]
        self.complete(third)
        self.assertEqual(self.batch()["to_scan"], [second, third])
        self.refused_print("K-112", "print", "--blank", "A0006", *AYU)
        self.done("verify-card", second, "--blank", "A0005", *GOOD)
        self.done("verify-card", third, "--blank", "A0004", *GOOD)
        self.assertEqual(self.batch()["to_scan"], [])
        self.assertEqual(self.events("--blank", "A0005"),
                         ["blanks_received", "batch_opened"]
                         + 2 * ["print_intended", "print_sent", "print_completed"]
                         + 2 * ["print_verified"])
        # What was intended is not edited.
        self.assertIn("A0005", self.edge("history", "--act", first).stdout.decode())
        self.refused("K-154", "batch", "show", "nothing")

    def test_a_batch_is_stopped_and_its_hopper_lies_in_the_tray_again(self):
        batch = self.done("batch", "open", "--blanks", "A0003,A0004", *AYU)["batch"]
        self.done("batch", "stop", batch, *AYU)
        self.assertEqual(self.batch()["end"], "BATCH_END_CANCELLED")
        job = self.batch()["jobs"][0]["act"]
        self.complete(job)
        self.assertEqual(len(self.batch()["jobs"]), 1)
        self.done("verify-card", job, "--blank", "A0003", *GOOD)
        self.print_one("A0004")

    def test_a_cancelled_job_is_spoiled_and_tried_again(self):
        act = self.print_one("A0003")
        self.done("cancel", act, *AYU)
        self.assertTrue(self.job(act)["cancel_asked"])
        self.printer_says(act, "aborted")
        self.refused("K-155", "cancel", act, *AYU)
        self.done("resolve", act, "spoiled", "--cause", "print", "--blank", "A0003", *AYU)
        again = self.done("print", "--prr", self.job(act)["prr"], "--blank", "A0004", *AYU)["act"]
        self.assertEqual(self.job(again)["attempt"], 2)
        self.complete(again)
        self.done("verify-card", again, "--blank", "A0004", *GOOD)
        self.assertEqual(
            self.events("--prr", self.job(act)["prr"]),
            ["print_intended", "cancel_asked", "print_failed", "print_spoiled", "print_intended",
             "print_sent", "print_completed", "print_verified"])

    def test_two_persons_set_an_answer_aside(self):
        act = self.print_one("A0003")
        self.complete(act)
        self.done("verify-card", act, "--blank", "A0004", *GOOD)
        correct = ["correct", act, "--reason", "wrong-scan", *AYU]
        self.refused("K-173", *correct, "--second", "ayu")
        self.done(*correct, "--second", "made")
        self.assertTrue(self.job(act)["reopened"])
        self.done("verify-card", act, "--blank", "A0003", *GOOD)
        entries = self.done("history", "--act", act)["entries"]
        self.assertEqual([(entry["event"], entry["set_aside"]) for entry in entries[-3:]],
                         [("print_verified", True), ("corrected", False),
                          ("print_verified", False)])
        self.assertEqual((entries[-2]["operator_id"], entries[-2]["second"]), ("ayu", "made"))
        self.refused("K-157", "correct", "nothing", "--reason", "other", *AYU, "--second", "made")

    def test_the_printer_as_a_machine(self):
        ribbon = ["ribbon", "install", "R-17", "--printer", "p1", "--panels", "500", *AYU]
        self.done(*ribbon)
        self.refused("K-164", *ribbon)
        self.done("test-print", "--blank", "A0003", *AYU)
        self.done("maintain", "p1", "cleaning-card", *AYU)
        printer = self.done("printers")["printers"][0]
        self.assertEqual((printer["test_cards"], printer["since_cleaning"]), (1, 0))
        self.assertEqual(printer["installed"][0]["consumable"], "R-17")
        self.done("ribbon", "remove", "R-17", "--printer", "p1", "--panels", "374", *AYU)
        self.refused("K-173", "ribbon", "destroy", "R-17", *AYU, "--second", "ayu")
        gone = self.done("ribbon", "destroy", "R-17", *AYU, "--second", "made")
        self.assertEqual((gone["capacity"], gone["gave"]), (500, 1))
        self.assertEqual(self.done("printers")["to_destroy"], [])
        # The blank of a test card is accounted for.
        piles = {pile["pile"]: pile["serials"]
                 for pile in self.done("stock", "show", "--serials")["piles"]}
        self.assertEqual(piles["PILE_SPOILED"], "A0003")

    def test_a_printer_moves_with_its_slip(self):
        left = self.done("printers")["printers"][0]["left_today"]
        self.refused("K-172", "release-printer", "p1", *AYU)
        slip = os.path.join(self.folder, "slip.txt")
        with open(slip, "wb") as file:
            file.write(self.edge("release-printer", "p1", *MADE).stdout)
        self.refused_print("K-112", "print", "--blank", "A0003", *AYU)
        adopted = self.done("adopt-printer", "p1", "--slip-file", slip, *MADE)
        self.assertEqual(adopted["left_today"], left)
        self.refused("K-161", "adopt-printer", "p1", "--without-slip", *MADE)

    def test_the_office_day(self):
        left = self.done("printers")["printers"][0]["left_today"]
        grant = ["override", "--printer", "p1", "--prints", "5", "--reason", "disaster"]
        self.refused("K-172", *grant, *AYU)
        self.assertEqual(self.done(*grant, *MADE)["left"], left + 5)
        self.refused("K-173", "day", "correct", "2017-04-29", *MADE, "--second", "made")
        self.done("day", "correct", "2017-04-29", *MADE, "--second", "ayu")
        day = self.done("day", "show")
        self.assertEqual((day["number"], day["day"] - day["local_day"]), ("1", 2))
        self.assertEqual(self.done("printers")["printers"][0]["left_today"], left + 5)

    def test_wrong_usage_is_2(self):
        for words in [["batch", "open", *AYU], ["correct", "a", *AYU, "--second", "made"],
                      ["history"], ["history", "--act", "a", "--prr", "b"],
                      ["adopt-printer", "p1", *AYU], ["override", "--prints", "0", *MADE],
                      ["day", "correct", "soon", *MADE, "--second", "ayu"]]:
            self.assertEqual(self.edge(*words).returncode, 2, words)


if __name__ == "__main__":
    unittest.main()
