"""An office that never has a link: days of work carried by sticks, in real programs."""

import json
import os
import shutil
import unittest

from small_district import NODE, SmallDistrictTest
from office import Office
from places import APPLICATION_VERSION, OFFICES, operator_of

PLACE = OFFICES[0]
NOBODY_LISTENS = "127.0.0.1:1"


class BundleTest(SmallDistrictTest):
    PRRS = 30

    # ---- The courier.

    def bundle(self, side, *words, accept=(0,)):
        """`keping bundle …` at the office ("edge") or the centre ("central"): its JSON."""
        socket = self.path("edge.sock" if side == "edge" else "central.sock")
        code, output, errors = self.keping("bundle", *words, "--socket", socket, "--json")
        self.assertIn(code, accept, errors)
        return json.loads(output) if output.strip() else errors

    def stick(self, name):
        return self.make_folder("sticks", name)

    def carry_log(self, stick, *more):
        return self.bundle("edge", "export", "--to", os.path.join(stick, "log.kbundle"), *more)

    def deliver_log(self, stick, *more):
        return self.bundle("central", "import", stick, *more)["imported"][0]

    def deliver_answer(self, stick):
        path = os.path.join(stick, NODE + ".answer.kbundle")
        return self.bundle("edge", "import", path)["imported"][0]

    def round_trip(self, name):
        stick = self.stick(name)
        self.carry_log(stick)
        self.deliver_log(stick, "--answer", stick)
        return self.deliver_answer(stick)

    # ---- The office.

    def start_office_without_link(self):
        """Enrolled over a link; from then on nothing answers at the centre's address."""
        self.start_district()
        self.enrol()
        found = self.centre_addresses
        self.centre_addresses = {**found, "sync": NOBODY_LISTENS}
        self.write_edge_config()
        self.centre_addresses = found
        self.start_edge()
        self.office = Office(PLACE, self.edge, self.printer, self.supervisor)
        self.central.certify(operator_of(NODE), NODE, APPLICATION_VERSION)
        self.wait_until("the allotment",
                        lambda: int(self.central.status()["blanks_allotted"]) == self.BLANKS)
        self.central.dispatch(NODE, self.DISPATCHED)
        self.wait_until("the records", lambda: int(self.central.status()["prrs_leased"]) == self.PRRS)

    def never_had_a_link(self):
        node = self.central.nodes()[NODE]
        return not node["connected"] and node["last_contact_micros"] == "0"

    def test_days_by_stick_end_proven(self):
        self.start_office_without_link()
        # Seeding: the whole feed, in parts on two sticks.
        seed = self.stick("seed")
        exported = self.bundle("central", "export", "--for", NODE, "--whole-feed", "--split", "64K",
                               "--to", os.path.join(seed, "seed.kbundle"))
        self.assertGreater(len(exported["files"]), 2)
        self.check_parts(seed, exported)
        seeded = self.bundle("edge", "import", self.stick("seed-a"), self.stick("seed-b"))
        self.assertGreater(int(seeded["imported"][0]["items_new"]), self.PRRS)
        self.office.receive_blanks(self.path("scans.txt"))

        # Three days, a stick each; the second one is lost on the way back.
        for day in ("one", "two", "three"):
            self.print_card()
            stick = self.stick(day)
            self.carry_log(stick)
            self.deliver_log(stick, "--answer", stick)
            if day != "two":
                self.assertTrue(self.deliver_answer(stick)["receipt_newer"])
        self.assertTrue(self.log_is_proven())
        self.assertTrue(self.never_had_a_link())

        # The lost one turns up again, the first one is brought twice.
        known = self.edge.status()
        self.assertEqual(self.deliver_log(self.stick("one"))["entries_new"], "0")
        for old in ("two", "one"):
            late = self.deliver_answer(self.stick(old))
            self.assertFalse(late["receipt_newer"])
            self.assertEqual(late["items_new"], "0")
        after = self.edge.status()
        for field in ("log_entries", "log_entries_proven", "last_receipt_micros"):
            self.assertEqual(after[field], known[field], field)
        self.check_stores()

    def check_parts(self, seed, exported):
        """They lie on two sticks, one of them twice, and one comes damaged."""
        folders = [self.stick("seed-a"), self.stick("seed-b")]
        for i, path in enumerate(exported["files"]):
            shutil.copy(path, folders[i % 2])
        last = os.path.join(folders[0], "again")
        shutil.copy(exported["files"][0], last)

        code, text, _ = self.keping("bundle", "inspect", folders[0])
        self.assertEqual(code, 4)
        self.assertIn(f"from central for {NODE}", text)
        self.assertIn("MISSING: part 2", text)
        self.assertIn("signature good", text)
        errors = self.bundle("edge", "import", folders[0], accept=(3,))["problems"]
        self.assertTrue(errors[0].startswith("K-248"), errors)

        code, text, _ = self.keping("bundle", "inspect", *folders)
        self.assertEqual(code, 0, text)

        with open(last, "r+b") as file:
            file.seek(-1, os.SEEK_END)
            byte = file.read(1)
            file.seek(-1, os.SEEK_END)
            file.write(bytes([byte[0] ^ 1]))
        code, text, _ = self.keping("bundle", "inspect", *folders)
        self.assertEqual(code, 4)
        self.assertIn("DAMAGED: " + last, text)
        os.unlink(last)

    def check_stores(self):
        proven = int(self.edge.status()["log_entries"])
        self.stop_edge()
        self.stop_central()
        code, report, errors = self.keping(
            "verify", "--json", "--edge", self.path("edge"), "--central", self.path("central"),
            "--keys", self.path("edge-keys"))
        self.assertEqual(code, 0, errors + report)
        self.assertGreater(proven, 3)

    def gaps(self):
        """Of the logs: state and what the judge says of each case."""
        _, listed, _ = self.keping("central", "cases", "--kind", "log_gap", "--json", "--socket",
                                   self.path("central.sock"))
        found = []
        for case in json.loads(listed)["cases"]:
            _, shown, _ = self.keping("central", "case", case["case_id"], "--json", "--socket",
                                      self.path("central.sock"))
            found.append((case["code"], case["state"], json.loads(shown)["explanation"]))
        return found

    def test_a_stick_that_is_missing_is_a_case_until_it_comes(self):
        self.start_office_without_link()
        early, late = self.stick("early"), self.stick("late")
        self.bundle("central", "export", "--for", NODE, "--whole-feed", "--to",
                    os.path.join(early, "seed.kbundle"))
        self.bundle("edge", "import", os.path.join(early, "seed.kbundle"))
        self.office.receive_blanks(self.path("scans.txt"))
        self.print_card()
        self.carry_log(early)
        first = int(self.edge.status()["log_entries"]) + 1
        self.print_card()
        self.carry_log(late, "--from", str(first))
        last = int(self.edge.status()["log_entries"])

        self.assertEqual(self.gaps(), [])
        problem = self.bundle("central", "import", late, accept=(3,))["problems"][0]
        self.assertTrue(problem.startswith("K-249"), problem)
        self.assertEqual(self.gaps(), [("K-315", "CASE_STATE_OPEN",
                                        [f"Entries 1 to {last} are missing."])])
        self.deliver_log(os.path.join(early, "log.kbundle"))
        self.assertEqual(self.gaps()[0][1:], ("CASE_STATE_OPEN",
                                              [f"Entries {first} to {last} are missing."]))
        self.deliver_log(late)
        self.assertEqual(self.gaps()[0][1], "CASE_STATE_CLOSED")

    def test_a_stick_opens_for_nobody_else(self):
        self.start_office_without_link()
        stick = self.stick("found")
        answer = os.path.join(stick, "answer.kbundle")
        self.bundle("central", "export", "--for", NODE, "--whole-feed", "--to", answer)
        with open(answer, "rb") as file:
            found = file.read()
        for person in self.people():
            self.assertNotIn(person["nik"].encode(), found)
        # Not even at the centre that made it.
        problem = self.bundle("central", "import", answer, accept=(3,))["problems"][0]
        self.assertTrue(problem.startswith("K-246"), problem)

        # Somebody puts another sender on it.
        changed = found.replace(b"feed_from 0", b"feed_from 1", 1)
        self.assertNotEqual(changed, found)
        with open(answer, "wb") as file:
            file.write(changed)
        problem = self.bundle("edge", "import", answer, accept=(3,))["problems"][0]
        self.assertTrue(problem.startswith("K-247"), problem)
        code, text, _ = self.keping("bundle", "inspect", answer)
        self.assertEqual(code, 4)
        self.assertIn("signature BAD", text)

    def test_a_stick_helps_a_link_that_comes_later(self):
        self.start_office_without_link()
        self.round_trip("first")
        self.office.receive_blanks(self.path("scans.txt"))
        self.print_card()
        self.stop_edge()
        self.write_edge_config()
        self.start_edge()
        self.wait_until("the log to be proven by the link", self.log_is_proven)
        # A stick of today that comes while the link is up.
        self.assertIsNotNone(self.round_trip("second"))
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)


if __name__ == "__main__":
    unittest.main()
