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


if __name__ == "__main__":
    unittest.main()
