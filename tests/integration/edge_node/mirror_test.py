"""The second copy of the log: on a stick that is pulled out, after a kill, and as evidence."""

import json
import os
import shutil
import unittest

from small_district import NODE, SmallDistrictTest


class MirrorTest(SmallDistrictTest):
    EDGE_CONFIG = 'mirror_dir: "stick"\n'

    def mirror(self):
        return self.edge.status()["mirror"]

    def wait_until_whole(self):
        def whole():
            status = self.edge.status()
            mirror = status["mirror"]
            return mirror["entries"] == status["log_entries"] and not mirror["problem"]
        self.wait_until("the mirror to hold everything", whole)

    def verify(self, *more):
        code, report, errors = self.keping("verify", "--json", "--mirror", self.path("stick"), *more)
        self.assertIn(code, (0, 4), errors)
        return code, json.loads(report)

    def test_the_stick_holds_the_log_whatever_happens_to_it(self):
        self.make_folder("stick")
        self.start_office()
        self.print_card()
        self.wait_until_whole()
        self.assertTrue(self.mirror()["on_disk_of_database"])
        self.assertGreater(int(self.mirror()["whole_micros"]), 0)

        # Pulled out: printing goes on, and the screen says why the copy is old.
        os.rename(self.path("stick"), self.path("pulled"))
        self.print_card()
        self.wait_until("the reason to be shown", lambda: "put the disk or stick back"
                        in self.mirror()["problem"])
        _, screen, _ = self.keping("edge", "status", "--config", self.edge_config)
        self.assertIn("FAILS: there is no folder", screen)

        # Back again, and the node killed: the next start brings what is missing.
        os.rename(self.path("pulled"), self.path("stick"))
        self.kill_edge()
        self.start_edge()
        self.print_card()
        self.wait_until_whole()

        entries = int(self.edge.status()["log_entries"])
        self.wait_until("the log to be proven", self.log_is_proven)
        self.stop_edge()
        self.stop_central()
        code, report = self.verify("--edge", self.path("edge"), "--central", self.path("central"))
        self.assertEqual(code, 0, report)
        mirrored = [store for store in report["stores"] if store["program"] == "mirror"]
        self.assertEqual(mirrored[0]["node"], NODE)
        stream = mirrored[0]["streams"][0]
        self.assertEqual((int(stream["entries"]), int(stream["signed_up_to"])), (entries, entries))
        self.assertIn(f"It reaches entry {entries}, signed up to entry {entries}",
                      mirrored[0]["notes"][-1])
        used = [total["quantity"] for total in mirrored[0]["totals"] if total["account"] == "used"]
        self.assertEqual(used, ["3"])
        self.check_tampering()

    def check_tampering(self):
        files = [os.path.join(folder, name)
                 for folder, _, names in os.walk(self.path("stick")) for name in names]
        with open(files[0], "r+b") as file:
            bytes_ = file.read()
            file.seek(len(bytes_) // 2)
            file.write(bytes([bytes_[len(bytes_) // 2] ^ 1]))
        code, report = self.verify()
        self.assertEqual(code, 4)
        self.assertFalse(report["passed"])

    def test_a_database_that_was_set_back_contradicts_the_mirror(self):
        self.make_folder("stick")
        self.start_office()
        self.stop_edge()
        shutil.copytree(self.path("edge"), self.path("backup"))
        self.start_edge()
        self.print_card()
        self.wait_until_whole()
        mirrored = self.mirror()["entries"]
        self.stop_edge()
        shutil.rmtree(self.path("edge"))
        os.rename(self.path("backup"), self.path("edge"))
        self.start_edge()
        self.wait_until("the contradiction", lambda: self.mirror()["problem"].startswith("K-213"))
        self.stop_edge()
        # What is there stays there: the lost cards can be read from it.
        _, report = self.verify("--edge", self.path("edge"))
        self.assertEqual(report["stores"][-1]["streams"][0]["entries"], mirrored)
        self.assertIn("entry_lost_at_office", {one["code"] for one in report["differences"]})

    # ---- The machine is gone; the stick, or a file of export-log, is brought to the district.

    def bring(self, path, accept=0):
        code, said, complaint = self.keping("bundle", "import", path, "--json", "--socket",
                                            self.path("central.sock"))
        self.assertEqual(code, accept, said + complaint)
        return json.loads(said)

    def blanks(self, account):
        return sum(int(balance["quantity"]) for balance in self.central.stock()["balances"]
                   if balance["account"] == account and balance.get("holder") == NODE)

    def test_what_the_stick_holds_reaches_the_centre(self):
        self.make_folder("stick")
        self.start_office()
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        code, _, errors = self.keping("edge", "export-log", "--to", self.path("morning"),
                                      "--config", self.edge_config)
        self.assertEqual(code, 0, errors)
        code, said, errors = self.keping("bundle", "import", self.path("stick"), "--socket",
                                         self.path("edge.sock"))
        self.assertEqual(code, 3)
        self.assertIn("K-246: this is the log of a node", said + errors)
        self.print_without_link(cards=2)
        shutil.rmtree(self.path("edge"))
        shutil.rmtree(self.path("edge-keys"))

        self.assertEqual(self.blanks("printed_ready"), 1)
        morning = self.bring(self.path("morning"))["imported"][0]
        self.assertEqual((morning["sender"], int(morning["entries_new"])), (NODE, 0))
        brought = self.bring(self.path("stick"))["imported"][0]
        self.assertGreater(int(brought["entries_new"]), 0)
        self.assertEqual(self.blanks("printed_ready"), 3)
        again = self.bring(self.path("stick"))["imported"][0]
        self.assertEqual(int(again["entries_new"]), 0)
        self.assertEqual(again["held_seq"], brought["held_seq"])

        # What is declared lost is only what nobody knows of.
        code, said, errors = self.keping(
            "central", "declare-lost", NODE, "--by", "kadis", "--second", "sekdis", "--document",
            "470/12/2017", "--socket", self.path("central.sock"))
        self.assertEqual(code, 0, said + errors)
        self.assertEqual(self.blanks("maybe_used"), self.DISPATCHED - 3)
        self.stop_central()
        _, report = self.verify("--central", self.path("central"))
        self.assertTrue(report["passed"], report)

    def test_a_stick_that_was_changed_changes_nothing(self):
        self.make_folder("stick")
        self.start_office()
        self.print_without_link(cards=1)
        files = [os.path.join(folder, name)
                 for folder, _, names in os.walk(self.path("stick")) for name in names]
        with open(files[0], "rb") as file:
            bytes_ = file.read()
        with open(files[0], "wb") as file:
            file.write(bytes_[:-1] + bytes([bytes_[-1] ^ 1]))  # of its last signature
        brought = self.bring(self.path("stick"), accept=3)
        self.assertIn("K-245", brought["problems"][0])
        self.assertEqual(self.blanks("printed_ready"), 0)


if __name__ == "__main__":
    unittest.main()
