"""A card was delivered and the policy's days passed: pictures and keys are gone from every file of both
nodes, the logs say so, and no backup of the centre brings them back."""

import glob
import json
import os
import shutil
import struct
import subprocess
import unittest

from clock_test import faketime_library
from small_district import NODE, OFFICER_PASSWORD, SmallDistrictTest, operator_of

BUILD = os.environ["KEPING_BUILD"]
SIDE_RECORD, SIDE_RECORD_KEY, EDGE_RECORD = b"\x52", b"\x60", b"\x21"
KEY_ROW_BYTES = 4 + 24 + 32 + 16  # as common/crypto/seal.h seals a key
SLICE = 48  # sealed bytes that do not come about by chance
LATER = "+6d"  # at least two working days, wherever the week-end lies


class PicturesDestroyedTest(SmallDistrictTest):
    PRRS = 6
    BLANKS = 10
    DISPATCHED = 10

    def setUp(self):
        super().setUp()
        library = faketime_library()
        self.assertIsNotNone(library, "install the Debian package faketime (deploy/packages.txt)")
        self.clock = self.write("clock", "+0")
        self.wrapper = ["env", f"LD_PRELOAD={library}", f"FAKETIME_TIMESTAMP_FILE={self.clock}",
                        "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_NO_CACHE=1"]

    def central_command(self):
        return [*self.wrapper, *super().central_command()]

    def set_clock(self, offset):
        """Of the centre only; in whole, so that it never reads half a line."""
        self.write("clock.new", offset)
        os.replace(self.path("clock.new"), self.clock)

    def done(self, *words):
        code, said, complaint = self.keping(*words)
        self.assertEqual(code, 0, said + complaint)
        return said

    def desk(self, *words):
        return json.loads(self.done("central", *words, "--json", "--socket",
                                    self.path("central.sock")))

    # ---- The story.

    def test_no_file_and_no_backup_keeps_them(self):
        self.start_office()
        self.people_of_the_district()
        self.print_card()
        self.deliver_the_card()
        self.done("escrow", "new-key", "--to", self.path("escrow"))
        self.back_up("before")
        needles = self.sealed_bytes()
        self.check_that_the_search_finds(needles)

        self.start_central()
        self.set_clock(LATER)
        self.wait_until("the pictures to be destroyed here", lambda: self.destroyed_at("central"))
        self.start_edge()
        self.wait_until("the pictures to be destroyed there", lambda: self.destroyed_at(NODE))
        self.wait_until("the files to be written anew", lambda: not self.found(needles))
        self.back_up("after")
        self.check_that_it_is_told()
        self.stop()
        self.assertEqual(self.found(needles), [])
        verified = self._keping.verify(self.path("central"), [self.path("edge")],
                                       self.path("edge-keys"))
        self.assertEqual(verified.get("differences", []), [])
        self.restore("after")
        self.assertEqual(self.found(needles), [])
        self.assertEqual(self.records_of("central"), self.others)
        # From one of before the centre destroys them again, before anybody can ask for one.
        self.restore("before")
        self.assertIn(self.prr, self.records_of("central"))
        self.start_central()
        self.wait_until("the pictures to be destroyed again",
                        lambda: self.destroyed_at("central"))
        self.stop_central()
        self.assertEqual(self.records_of("central"), self.others)

    def people_of_the_district(self):
        self.officer("made", "administrator")
        self.officer("rai", "reconciler")
        shown = self.done("central", "policy", "show", "--socket", self.path("central.sock"))
        self.assertIn("picture_days: 30", shown)
        file = self.write("policy.textproto",
                          shown.replace("picture_days: 30", "picture_days: 1") + "version: 1\n")
        self.keping("central", "policy", "set", file, "--by", "made", "--second", "rai", "--socket",
                    self.path("central.sock"), typed=OFFICER_PASSWORD + "\n", accept=(0,))

    def deliver_the_card(self):
        self.prr = sorted(self.office.seen.prrs)[0]
        self.wait_until("the log to be proven", self.log_is_proven)
        blank = self.desk("record", self.prr)["cards"][0]["blank"]
        self.done("edge", "handover", "answer", "--delivered", blank, "--operator",
                  operator_of(NODE), "--config", self.edge_config)
        self.wait_until("the log to be proven", self.log_is_proven)

    def stop(self):
        self.stop_edge()
        self.stop_central()

    def back_up(self, name):
        self.done("central", "backup", "--to", self.path(name), "--escrow",
                  self.path("escrow.pub"), "--socket", self.path("central.sock"))

    def restore(self, name):
        for folder in ("central", "central-keys"):
            shutil.rmtree(self.path(folder))
        self.done("central", "restore", self.path(name), "--into-config",
                  self.path("central.textproto"), "--escrow-key", self.path("escrow"))

    # ---- What is told.

    def destroyed_at(self, node):
        records = self.desk("destroyed").get("records", [])
        return any(record["prr"] == self.prr and any(fact["node"] == node
                                                     for fact in record["facts"])
                   for record in records)

    def check_that_it_is_told(self):
        self.assertEqual([one["prr"] for one in self.desk("destroyed")["records"]], [self.prr])
        trace = self.desk("record", self.prr)
        told = {fact["node"] for fact in trace["facts"] if fact["event"] == "pictures_destroyed"}
        self.assertEqual(told, {"central", NODE})
        self.assertEqual(trace["cards"][0]["account"], "delivered", "its history stays")

    # ---- What lies on the disks.

    def rows(self, kind):
        return subprocess.run([os.path.join(BUILD, "tests", "keping_dump_store"),
                               self.path(kind, "db")], check=True, capture_output=True).stdout

    def sealed_bytes(self):
        """Of the record's rows, as they lie in both databases now: name -> bytes."""
        self.stop()
        version = b"\0" + struct.pack(">Q", 1)
        key = self.value_after(self.rows("central"), SIDE_RECORD_KEY + self.prr.encode() + version)
        kept = self.value_after(self.rows("edge"), EDGE_RECORD + self.prr.encode())
        self.others = self.records_of("central") - {self.prr}
        self.assertEqual(len(self.others), self.PRRS - 1)
        return {"the key at the centre": key[28:KEY_ROW_BYTES], "the record at the office":
                kept[28:28 + SLICE]}

    def value_after(self, rows, key):
        at = rows.rindex(key) + len(key)
        return rows[at:at + KEY_ROW_BYTES + SLICE]

    def records_of(self, kind):
        """The records whose key is in the rows."""
        rows = self.rows(kind)
        marks = {prr: SIDE_RECORD_KEY + prr.encode() + b"\0" for prr in self.all_records()}
        return {prr for prr, mark in marks.items() if mark in rows}

    def all_records(self):
        return [person["prr"] for person in self.people()]

    def found(self, needles):
        places = [path for kind in ("central", "edge")
                  for path in glob.glob(self.path(kind, "db", "*"))]
        self.assertTrue(places)
        found = []
        for path in places:
            try:
                with open(path, "rb") as file:
                    content = file.read()
            except FileNotFoundError:  # written anew meanwhile
                continue
            found += [f"{what} in {os.path.basename(path)}" for what, needle in needles.items()
                      if needle in content]
        return found

    def check_that_the_search_finds(self, needles):
        """A search that looks in the wrong place passes for ever."""
        found = " ".join(self.found(needles))
        for what in needles:
            self.assertIn(what, found)


if __name__ == "__main__":
    unittest.main()
