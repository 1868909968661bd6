"""The district's stock keeper, with real programs: blanks that are lent to another district and borrowed
from one, a blank of two names, and ribbons from the delivery to the printer; and the stores count up."""

import json
import unittest

from small_district import NODE, OFFICER_PASSWORD, SmallDistrictTest, operator_of

OTHER = "51.07"
PAPER = ("--day", "2017-05-02", "--by", "sari", "--second", "rai")


class DistrictStockTest(SmallDistrictTest):
    BLANKS = 40
    DISPATCHED = 20

    def desk(self, *words):
        """The second of two persons types in a password."""
        typed = OFFICER_PASSWORD + "\n" if "--second" in words else None
        return self.keping("central", *words, "--json", "--socket", self.path("central.sock"),
                           typed=typed)

    def done(self, *words):
        code, said, complaint = self.desk(*words)
        self.assertEqual(code, 0, said + complaint)
        return json.loads(said)

    def refused(self, wanted, *words):
        code, said, complaint = self.desk(*words)
        self.assertEqual(code, 3, said + complaint)
        self.assertIn(wanted, said + complaint)

    def edge_done(self, *words):
        code, said, complaint = self.keping("edge", *words, "--json", "--operator", operator_of(NODE),
                                            "--socket", self.path("edge.sock"))
        self.assertEqual(code, 0, said + complaint)
        return json.loads(said)

    def people_of_the_district(self):
        self.officer("made", "administrator")
        self.officer("rai", "reconciler")
        self.officer("sari", "stock-keeper")

    def in_account(self, account):
        balances = self.done("stock")["balances"]
        return sum(int(one["quantity"]) for one in balances if one["account"] == account)

    def pieces(self, account, holder=""):
        return sum(int(one["pieces"]) for one in self.done("supplies")["balances"]
                   if one["account"] == account and one.get("holder", "") == holder)

    def verify_stores(self):
        self.stop_edge()
        self.stop_central()
        code, said, complaint = self.keping(
            "verify", "--json", "--central", self.path("central"), "--edge", self.path("edge"),
            "--keys", self.path("edge-keys"))
        self.assertEqual(code, 0, said + complaint)

    def test_lent_and_borrowed(self):
        self.start_office()
        self.people_of_the_district()
        self.assertEqual(self.in_account("district_stock"), 20)
        lent = self.done("lend-out", OTHER, "--quantity", "5", "--document", "31", *PAPER)
        self.assertEqual(int(lent["quantity"]), 5)
        self.assertEqual(self.in_account("district_stock"), 15)
        self.assertEqual(self.in_account("lent_out"), 5)
        code, _, complaint = self.desk("lend-out", OTHER, "--quantity", "16", "--document", "32",
                                       *PAPER)
        self.assertEqual(code, 3, complaint)
        self.assertIn("K-386: got 15 of these blanks in the district's stock, want 16", complaint)
        self.assertEqual(int(self.done("lend-out", OTHER, "--quantity", "5", "--document", "31",
                                       *PAPER)["quantity"]), 5)
        self.assertEqual(self.in_account("lent_out"), 5)

        self.done("borrow", OTHER, "--serials", "Z1000..Z1009", "--document", "12", *PAPER)
        self.assertEqual(self.in_account("district_stock"), 25)
        self.done("came-back", OTHER, "--serials", "Z2000..Z2004", "--document", "44", *PAPER)
        self.refused("K-344", "give-back", OTHER, "--quantity", "11", "--document", "45", *PAPER)
        self.done("give-back", OTHER, "--quantity", "4", "--document", "45", *PAPER)
        sums = self.done("loans")["districts"][0]
        self.assertEqual(int(sums.get("lent_open", 0)), 0)
        self.assertEqual(int(sums["borrowed_open"]), 6)
        stock = self.done("stock")
        self.assertTrue(stock["balanced"])
        self.assertEqual(int(stock["from_other_districts"]), 15)

        first = lent["serials"].replace("..", ",").split(",")[0]
        self.assertEqual(self.done("blank", first)["account"], "lent_out")
        self.assertEqual(self.done("cases", "--kind", "loan_contradiction").get("cases", []), [])
        self.done("borrow", OTHER, "--serials", "Z1000", "--document", "13", *PAPER)
        case = self.done("cases", "--kind", "loan_contradiction")["cases"][0]
        self.assertEqual((case["code"], case["blank"]), ("K-341", "Z1000"))
        self.verify_stores()

    def test_a_blank_of_two_names(self):
        self.start_office()
        self.people_of_the_district()
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        prr = sorted(self.office.seen.prrs)[0]
        chip = self.done("record", prr)["cards"][0]["blank"]
        self.done("identify", "Z9000", chip, "--by", "rai")
        for name, other in (("Z9000", chip), (chip, "Z9000")):
            trace = self.done("blank", name)
            self.assertEqual((trace["account"], trace["other_name"]), ("printed_ready", other))
        self.assertEqual(self.in_account("printed_ready"), 1)
        self.assertTrue(self.done("stock")["balanced"])
        self.verify_stores()

    def test_ribbons(self):
        self.start_office()
        self.people_of_the_district()
        self.done("supply", "take-in", "ribbon", "R-4", "--quantity", "40", "--panels", "500",
                  "--document", "50", "--by", "sari")
        self.refused("K-346", "supply", "dispatch", "ribbon", "R-4", NODE, "--quantity", "41",
                     "--document", "51", "--by", "sari")
        parcel = self.done("supply", "dispatch", "ribbon", "R-4", NODE, "--quantity", "3",
                           "--document", "51", "--by", "sari")["transfer"]
        self.assertEqual(self.pieces("in_transit", NODE), 3)
        for number in ("R-44", "R-45"):
            self.edge_done("stock", "consumable", "ribbon", number, "--panels", "500",
                           "--transfer", parcel)
        self.edge_done("stock", "spoil-consumable", "R-45")
        self.wait_until("the log to be proven", self.log_is_proven)
        self.wait_until("the office's ribbons", lambda: self.pieces("spoiled", NODE) == 1)
        self.assertEqual(self.pieces("node_stock", NODE), 1)
        supplies = self.done("supplies")
        self.assertTrue(supplies["balanced"])
        self.assertEqual(int(supplies.get("unrecorded", 0)), 0)
        difference = supplies["differences"][0]
        self.assertEqual((int(difference["sent"]), int(difference["came"])), (3, 2))
        self.done("supply", "count", "ribbon", "R-4", "--quantity", "36", "--document", "53",
                  "--by", "sari", "--second", "rai")
        self.assertEqual(self.pieces("missing"), 1)
        self.assertTrue(self.done("supplies")["balanced"])


if __name__ == "__main__":
    unittest.main()
