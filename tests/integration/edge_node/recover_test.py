"""Machines that are restored and cloned, with real programs: nothing is written before anybody asks,
nothing is lost, and the node goes on under a new incarnation."""

import json
import os
import shutil
import unittest

from small_district import NODE, SmallDistrictTest

from places import operator_of

OPERATOR = operator_of(NODE)
SECOND = "op-second"


class RecoverTest(SmallDistrictTest):
    PRRS = 12

    def feed_is_read(self):
        node = self.central.nodes()[NODE]
        return node["connected"] and node["feed_position"] == node["feed_head"]

    def lock_reason(self):
        return self.edge.status()["lock_reason"]

    def blanks_in_tray(self):
        return int(self.edge.status()["blanks_in_tray"])

    def copy_disk(self, name):
        for folder in ("edge", "edge-keys"):
            shutil.copytree(self.path(folder), self.path(f"{name}-{folder}"))

    def put_back(self, name, *folders):
        for folder in folders:
            shutil.rmtree(self.path(folder))
            shutil.copytree(self.path(f"{name}-{folder}"), self.path(folder))

    def deliver(self):
        self.wait_until("the log to be proven", self.log_is_proven)

    def recover(self, accept=0):
        code, fingerprint = self.central.enrolment_code(NODE)
        ended, said, complaint = self.run_edge("recover", "--code", code, "--fingerprint",
                                               fingerprint)
        self.assertEqual(ended, accept, said + complaint)
        return said + complaint

    def rescan(self, *more):
        ended, said, complaint = self.keping(
            "edge", "stock", "rescan", *more, "--operator", OPERATOR, "--second", SECOND, "--json",
            "--config", self.edge_config)
        self.assertEqual(ended, 0, said + complaint)
        return json.loads(said)

    def case_kinds(self):
        return sorted(case["kind"].lower() for case in self.central.cases())

    def verify(self):
        self.stop_edge()
        self.stop_central()
        ended, said, complaint = self.keping("verify", "--json", "--edge", self.path("edge"),
                                             "--central", self.path("central"))
        self.assertEqual(ended, 0, said + complaint)
        return json.loads(said)

    def start_day(self):
        self.start_office()
        self.central.certify(SECOND, NODE)
        self.wait_until("the second person at the node", self.feed_is_read)
        self.print_card()
        self.deliver()
        self.stop_edge()
        self.copy_disk("morning")
        self.start_edge()
        self.print_card()
        self.deliver()

    def test_a_database_that_is_set_back_is_found_at_the_start(self):
        self.start_day()
        self.stop_edge()
        self.stop_central()
        self.put_back("morning", "edge")
        self.start_edge()
        entries = int(self.edge.status()["log_entries"])
        # No link, and it knows already; nothing is written.
        self.assertIn("restored from a copy", self.lock_reason())
        self.office.expect_refusal("K-103")
        ended, _, complaint = self.keping("edge", "stock", "count", "tray", "--operator", OPERATOR,
                                          "--config", self.edge_config)
        self.assertNotEqual(ended, 0)
        self.assertIn("K-263", complaint)
        self.assertEqual(int(self.edge.status()["log_entries"]), entries)
        # What the centre holds is fetched back, then the node goes on under a new incarnation.
        self.start_central()
        self.wait_until("the centre to see it", lambda: self.central.nodes()[NODE]["problem"])
        self.stop_edge()
        self.wait_for_the_tail()
        before = self.run_edge("recover")[1]
        self.assertIn("Fetched back from the centre", before)
        self.assertIn("Nothing was changed", before)
        self.recover_in_two_runs()
        ended, _, complaint = self.run_edge("recover")
        self.assertEqual(ended, 1)
        self.assertIn("nothing to recover", complaint)
        self.start_edge()
        self.assertEqual(self.lock_reason(), "")
        self.assertEqual(self.blanks_in_tray(), 0)
        self.assertEqual(int(self.edge.status()["blanks_unconfirmed"]), len(self.office.stock))
        self.wait_for_records()
        self.office.expect_refusal("K-110")
        self.assertEqual(int(self.rescan("--scanned-file", self.blanks_left())["found"]),
                         self.blanks_in_tray())
        self.print_card()
        self.deliver()
        self.assertIn("case_kind_log_rolled_back", self.case_kinds())
        self.verify()

    def test_a_database_is_built_again_from_the_stick(self):
        """An old copy of the database, and a mirror folder that the district was brought."""
        self.EDGE_CONFIG = 'mirror_dir: "stick"\n'
        self.make_folder("stick")
        self.start_day()
        self.print_without_link(cards=2)
        self.put_back("morning", "edge")
        code, said, complaint = self.keping("bundle", "import", self.path("stick"), "--socket",
                                            self.path("central.sock"))
        self.assertEqual(code, 0, said + complaint)
        self.start_edge()
        self.wait_until("the centre to see it", lambda: self.central.nodes()[NODE]["problem"])
        self.stop_edge()
        self.wait_for_the_tail()
        self.recover()
        self.start_edge()
        self.wait_for_records()
        # All four cards are known, also the two that no link ever carried.
        self.assertEqual(int(self.edge.status()["blanks_unconfirmed"]), len(self.office.stock))
        self.rescan("--scanned-file", self.blanks_left())
        self.print_card()
        self.deliver()
        self.verify()

    def recover_in_two_runs(self):
        """The first one ends while the new keys take their place."""
        keys, new = self.path("edge-keys"), self.path("edge-keys", "next")
        shutil.copytree(keys, self.path("old-keys"))
        self.recover()
        os.makedirs(new)
        for name in ("node.pem", "incarnation"):
            os.rename(os.path.join(keys, name), os.path.join(new, name))
            shutil.copy(self.path("old-keys", name), os.path.join(keys, name))
        self.assertEqual(self.run_edge()[0], 1)
        self.assertIn("was begun", self.run_edge("recover")[1])
        self.recover()

    def wait_for_the_tail(self):
        """The tail comes within one contact; a node that was stopped too soon is started again."""
        for _ in range(10):
            if "Fetched back" in self.run_edge("recover")[1]:
                return
            self.start_edge()
            self.wait_until("contact", lambda: self.central.nodes()[NODE]["problem"])
            self.stop_edge()
        self.fail("the tail was never fetched")

    def blanks_left(self):
        """A file with the blanks that are physically there."""
        return self.write("left.txt", "\n".join(self.office.stock) + "\n")

    def test_a_whole_disk_that_is_set_back_is_found_at_first_contact(self):
        self.start_day()
        self.stop_edge()
        self.stop_central()
        self.put_back("morning", "edge", "edge-keys")
        self.start_edge()
        self.assertEqual(self.lock_reason(), "")
        self.print_card()  # on a blank that was used already, of which this machine knows nothing
        self.start_central()
        self.wait_until("the lock", self.lock_reason)
        self.deliver()
        self.stop_edge()
        self.recover()
        self.start_edge()
        self.rescan("--scanned-file", self.blanks_left())
        self.wait_for_records()
        self.print_card()
        self.deliver()
        self.assertIn("case_kind_log_forked", self.case_kinds())
        report = self.verify()
        branches = [check for store in report["stores"] for check in store["checks"]
                    if check["name"] == "branches"]
        self.assertEqual([int(check["count"]) for check in branches], [1])


if __name__ == "__main__":
    unittest.main()
