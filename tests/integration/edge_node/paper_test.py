"""Papers with real programs: the district's with numbers, reprints and void ones, an office's from its log."""

import datetime
import json
import os
import unittest

from small_district import NODE, OFFICER_PASSWORD, SmallDistrictTest, operator_of


class PaperTest(SmallDistrictTest):
    BLANKS = 20

    def call(self, area, *words):
        typed = OFFICER_PASSWORD + "\n" if "--second" in words and area == "central" else None
        return self.keping(area, *words, "--json", "--socket",
                           self.path("central.sock" if area == "central" else "edge.sock"),
                           typed=typed)

    def done(self, area, *words):
        code, said, complaint = self.call(area, *words)
        self.assertEqual(code, 0, said + complaint)
        return json.loads(said)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def paper(self, name, *words):
        made = self.done("central", "paper", *words, "--out", self.path(name), "--by", "sari")
        return made.get("number", ""), int(made.get("copy", 0)), self.read(name)

    def people_of_the_district(self):
        self.officer("made", "administrator")
        self.officer("rai", "reconciler")
        self.officer("sari", "stock-keeper")

    def test_numbers(self):
        self.start_office()
        self.people_of_the_district()
        transfer = self.done("edge", "transfers")["transfers"][0]["transfer"]
        first, copy, pdf = self.paper("bast.pdf", "handover", transfer)
        self.assertTrue(first.startswith("001/BAST/"), first)
        self.assertEqual((copy, pdf[:5]), (0, b"%PDF-"))
        number, copy, _ = self.paper("again.pdf", "handover", transfer)
        self.assertEqual((number, copy), (first, 1))
        code, _, complaint = self.call("central", "paper", "handover", transfer, "--out",
                                       self.path("again.pdf"), "--by", "sari")
        self.assertNotEqual(code, 0, "a file that is there is never overwritten")
        self.assertIn("again.pdf", complaint)

        self.done("central", "void-paper", first, "--reason", "salah cetak", "--by", "sari",
                  "--second", "rai")
        number, copy, _ = self.paper("new.pdf", "handover", transfer)
        self.assertTrue(number.startswith("002/BAST/"), number)
        self.assertEqual(copy, 0)
        papers = self.done("central", "papers")["papers"]
        self.assertEqual([one.get("void_reason", "") for one in papers], ["salah cetak", ""])
        self.assertEqual(papers[0]["voided_second"], "rai")
        self.assertEqual(self.paper("register.pdf", "register")[0], "")

        self.stop_central()
        self.start_central()
        self.sign_in_officer("sari")
        number, _, _ = self.paper("restarted.pdf", "handover", transfer)
        self.assertTrue(number.startswith("002/BAST/"), number)

    def test_tables(self):
        self.start_office()
        self.people_of_the_district()
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        month = self.this_month()
        number, _, csv = self.paper("accounts.csv", "stock", month, "--table", "2")
        self.assertEqual(number, "", "a table takes no number")
        rows = [line.split(",") for line in csv.decode().split("\r\n")[1:-1]]
        closing = sum(int(row[-1]) for row in rows)
        stock = self.done("central", "stock")
        self.assertEqual(closing, int(stock["accounted"]), "the paper's sum is the ledger's")
        self.assertEqual(self.paper("stock.xlsx", "stock", month)[2][:2], b"PK")
        code, _, complaint = self.call("central", "paper", "stock", month, "--out",
                                       self.path("stock.doc"), "--by", "sari")
        self.assertEqual(code, 2, complaint)

    def this_month(self):
        days = int(self.done("central", "status")["last_closed_days"]) + 1
        return (datetime.date(1970, 1, 1) + datetime.timedelta(days=days)).strftime("%Y-%m")

    def test_office(self):
        self.start_office()
        self.print_card()
        self.done("edge", "day-report", "--operator", operator_of(NODE))
        for name, words in (("day.pdf", ("day-report",)), ("form.pdf", ("form", "spoil"))):
            self.done("edge", "paper", *words, "--out", self.path(name))
            self.assertEqual(self.read(name)[:5], b"%PDF-")
        code, _, complaint = self.call("edge", "paper", "count", "--out", self.path("count.pdf"))
        self.assertEqual(code, 3, "no count was made yet: " + complaint)
        self.assertIn("K-352", complaint)
        self.assertFalse(os.path.exists(self.path("count.pdf")))


if __name__ == "__main__":
    unittest.main()
