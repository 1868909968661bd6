"""Blanks that come by quantity, in real programs: from the handover minutes to the last scan of a box."""

import csv
import json
import os
import unittest

from small_district import NODE, SEED, SmallDistrictTest
import serials
from office import Office
from places import APPLICATION_VERSION, operator_of

from small_district import OFFICER_PASSWORD, PLACE

LOT = "ALT-5106-2017-0001"  # the nation's allotment, which says a quantity and no serial
SECOND = "op-second"


class BoxTest(SmallDistrictTest):
    NATIONAL_FLAGS = ["--unlisted"]

    def central_says(self, *words, code_wanted=0, typed=None):
        code, said, complaint = self.keping("central", *words, "--json", "--socket",
                                            self.path("central.sock"), typed=typed)
        self.assertEqual(code, code_wanted, said + complaint)
        return json.loads(said) if code == 0 else said + complaint

    def office_says(self, *words, code_wanted=0):
        code, said, complaint = self.keping(
            "edge", "stock", *words, "--operator", operator_of(NODE), "--json", "--socket",
            self.path("edge.sock"))
        self.assertEqual(code, code_wanted, said + complaint)
        return json.loads(said) if code == 0 else said + complaint

    def held(self):
        """Blanks by account and holder."""
        return {(line["account"], line.get("holder", "")): int(line["quantity"])
                for line in self.central.stock()["balances"]}

    def boxes(self):
        return {box["box"]: box for box in self.central_says("boxes")["boxes"]}

    def blanks_of_the_nation(self):
        """What really lies in the nation's boxes, as somebody who opens them sees it."""
        out = self.path("nation")
        self.supervisor.run([self.program("keping-bangli"), "--out", out, "--seed", str(SEED),
                             "--count", "1", "--blanks", str(self.BLANKS)])
        with open(os.path.join(out, "allotment.csv"), encoding="utf-8", newline="") as file:
            return [serial for row in csv.DictReader(file)
                    for serial in serials.expand(f'{row["first"]}..{row["last"]}'
                                                 if row["first"] != row["last"] else row["first"])]

    def start_district_with_people(self):
        self.start_district()
        self.enrol()
        self.start_edge()
        self.office = Office(PLACE, self.edge, self.printer, self.supervisor)
        self.central.certify(operator_of(NODE), NODE, APPLICATION_VERSION)
        self.central.certify(SECOND, NODE)
        self.officer("made", "administrator")
        self.officer("gede", "stock-keeper")
        self.wait_until("the allotment",
                        lambda: int(self.central.status()["blanks_allotted"]) == self.BLANKS)

    def send_box(self, box, transfer):
        self.central_says("dispatch", NODE, "--box", box, "--transfer", transfer, "--by", "gede")
        self.wait_until("the box to be on its way", lambda: transfer in [
            one["transfer"] for one in self.edge.transfers()])
        self.assertIn("K-130", self.office_says("receive", transfer, "--serials", "Z1",
                                                code_wanted=3))
        received = self.office_says("receive", transfer, "--box", box)
        self.assertEqual(received["boxes"], 1)

    def log_arrives(self):
        self.wait_until("the log to be proven", self.log_is_proven)

    def test_a_box_from_its_delivery_to_its_last_blank(self):
        self.start_district_with_people()
        self.assertEqual(self.held(), {("unidentified", ""): self.BLANKS})
        self.send_box(LOT, "b1")
        self.log_arrives()
        self.assertEqual(self.held(), {("unidentified", NODE): self.BLANKS})

        blanks = self.blanks_of_the_nation()
        self.assertEqual(len(blanks), self.BLANKS)
        first, rest = blanks[:8], blanks[8:]
        self.assertEqual(self.office_says("open-box", LOT, "--serials", ",".join(first))["left"],
                         str(self.BLANKS - 8))
        self.assertIn("K-137", self.office_says("open-box", LOT, "--serials", first[0],
                                                code_wanted=3))
        self.assertIn("K-136", self.office_says(
            "open-box", LOT, "--serials", ",".join([*rest, "Z0000001"]), code_wanted=3))
        self.wait_for_records()
        self.office.stock = list(first)
        self.print_card()
        self.log_arrives()
        self.assertEqual(self.held(), {("unidentified", NODE): self.BLANKS - 8,
                                       ("node_stock", NODE): 7, ("printed_ready", NODE): 1})
        trace = self.central_says("blank", first[0])
        self.assertEqual((trace["box"], trace["allotment"]), (LOT, LOT))
        self.office_says("open-box", LOT, "--serials", ",".join(rest))
        self.log_arrives()
        self.assertEqual(self.boxes()[LOT]["identified"], str(self.BLANKS))
        self.assertEqual(self.central.cases(), [])
        self.wait_until("the report", lambda: self.national.ledger()["printed"] == 1)
        self.assertEqual(self.national.ledger()["rejected"], 0)
        self.everything_is_counted()

    def test_a_paper_delivery_and_a_box_that_holds_fewer(self):
        self.start_district_with_people()
        delivery = ["receive", "A-7", "--bast", "470/7/BAST/2017", "--day", "2017-04-27", "--from",
                    "DITJEN-DUKCAPIL/GUDANG", "--lot", "L7", "--scheme", "printed", "--serials",
                    "C1000..C1999", "--box", "L7-01=5", "--box", "L7-02=5", "--by", "gede"]
        both = OFFICER_PASSWORD + "\n"
        self.assertIn("K-303", self.central_says(*delivery, "--second", "gede", code_wanted=3))
        self.assertIn("K-299", self.central_says(*delivery, "--second", "nobody", typed=both,
                                                 code_wanted=3))
        for _ in range(2):  # the answer may have been lost
            self.assertEqual(self.central_says(*delivery, "--second", "made",
                                               typed=both)["unidentified"], "10")
        self.assertIn("K-228", self.central_says("dispatch", NODE, "--box", "L7-09", "--by", "gede",
                                                 code_wanted=3))
        self.send_box("L7-01", "b2")
        self.assertIn("K-138", self.office_says("open-box", "L7-01", "--serials",
                                                "04A1B2C3D4E5F6", code_wanted=3))
        self.office_says("open-box", "L7-01", "--serials", "C1000..C1002", "--empty",
                         code_wanted=3)
        opened = self.office_says("open-box", "L7-01", "--serials", "C1000..C1002", "--empty",
                                  "--second", SECOND)
        self.assertEqual(opened["missing"], "2")
        self.log_arrives()
        self.assertEqual(self.held(), {("unidentified", ""): self.BLANKS + 5,
                                       ("node_stock", NODE): 3, ("missing", NODE): 2})
        case = self.boxes()["L7-01"]["case_id"]
        explained = self.central_says("case", case)["explanation"]
        self.assertEqual(explained, ["Box L7-01 is to hold 5 blanks, and was empty after 3: 2 are "
                                     "missing."])
        self.everything_is_counted()

    def everything_is_counted(self):
        self.assertTrue(self.central.stock()["balanced"])
        self.stop_edge()
        self.stop_central()
        report = self._keping.verify(self.path("central"), [self.path("edge")],
                                     self.path("edge-keys"))
        problems = [store.get("problems", []) for store in report["stores"]]
        self.assertEqual(problems, [[], []])


if __name__ == "__main__":
    unittest.main()
