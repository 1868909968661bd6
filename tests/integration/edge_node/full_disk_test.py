"""An edge node on a disk that fills up: a small file system of its own, in a mount namespace that
ends with the test."""

import os
import random
import subprocess
import sys
import unittest

if "KEPING_OWN_MOUNTS" not in os.environ:
    os.environ["KEPING_OWN_MOUNTS"] = "1"
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    os.execvp("unshare", ["unshare", "--mount", *as_root, sys.executable, "-B", *sys.argv])

import small_district  # noqa: E402

DISK_MB = 120
RESERVE_MB = 20
BALLAST_MB = 32
MB = 1 << 20
LATER_DELIVERIES = 20
SCANS = 19_000  # an act names 20,000 blanks at most


class FullDiskTest(small_district.SmallDistrictTest):
    DISPATCHED = 10
    BLANKS = DISPATCHED + LATER_DELIVERIES
    EDGE_CONFIG = f"disk_reserve_mb: {RESERVE_MB}\n"

    def setUp(self):
        super().setUp()
        self.disk = self.make_folder("edge")
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "none", self.disk],
                       check=True)
        self.addCleanup(subprocess.run, ["umount", "--lazy", self.disk], check=True)

    def free_mb(self):
        disk = os.statvfs(self.disk)
        return disk.f_bavail * disk.f_frsize / MB

    def fill(self, leave_mb):
        """Somebody else's file takes the room."""
        with open(os.path.join(self.disk, "filler"), "ab", buffering=0) as filler:
            chunk = b"x" * 65536
            while self.free_mb() > leave_mb:
                try:
                    filler.write(chunk)
                except OSError:
                    return

    def make_room(self):
        os.remove(os.path.join(self.disk, "filler"))

    def exported(self, name):
        to = self.path(name)
        code, _, complaint = self.keping("edge", "export-log", "--to", to, "--config",
                                         self.edge_config)
        self.assertEqual(code, 0, complaint)
        code, said, complaint = self.keping("verify", "--mirror", to)
        self.assertEqual(code, 0, said + complaint)
        return said

    def dispatch_more(self):
        """Deliveries to be received later, with much that nobody sent: large events. RocksDB takes
        room for some megabytes ahead, which small ones would not fill."""
        for _ in range(LATER_DELIVERIES):
            self.central.dispatch(small_district.NODE, 1)
        self.wait_until("the deliveries to be known",
                        lambda: len(self.waiting_deliveries()) == LATER_DELIVERIES)

    def waiting_deliveries(self):
        return [one for one in self.edge.transfers() if not one["received"]]

    def receive_until_the_node_ends(self):
        """Returns how many entries were acknowledged."""
        acknowledged = int(self.edge.status()["log_entries"])
        deliveries = self.waiting_deliveries()
        dice = random.Random(1)
        self.edge_process.may_end = True
        for delivery in deliveries:
            scans = [delivery["serials"], *(f"{dice.getrandbits(56):014X}" for _ in range(SCANS))]
            self.write("scans.txt", "\n".join(scans))
            try:
                self.edge.receive(delivery["transfer"], self.path("scans.txt"))
                acknowledged += 1
            except small_district.Failure:
                return acknowledged
        self.fail(f"the node took {LATER_DELIVERIES} deliveries on a full disk")

    def test_printing_stops_first_and_nothing_acknowledged_is_lost(self):
        self.start_office()
        self.dispatch_more()
        self.print_card()
        self.assertTrue(os.path.exists(os.path.join(self.disk, "ballast")))

        # Nearly full: nothing is printed any more; everything else works.
        self.fill(leave_mb=RESERVE_MB - 2)
        self.office.expect_refusal("K-114")
        _, screen, _ = self.keping("edge", "status", "--config", self.edge_config)
        self.assertIn("TOO LITTLE", screen)
        self.wait_until("the log to be proven", self.log_is_proven)
        self.exported("nearly-full.klog")

        # Full: the node ends with a reason, and its log can still be read.
        self.fill(leave_mb=0)
        acknowledged = self.receive_until_the_node_ends()
        code, said = self.edge_ends_by_itself()
        self.assertEqual(code, 1)
        for words in ("K-215", "the disk is full", "export-log"):
            self.assertIn(words, said)
        self.exported("full.klog")
        code, said, complaint = self.keping("verify", "--edge", self.disk)
        self.assertEqual(code, 0, said + complaint)

        # It starts even so, on the room of its ballast; printing waits for more.
        self.fill(leave_mb=0)
        self.start_edge()
        self.assertFalse(os.path.exists(os.path.join(self.disk, "ballast")))
        self.assertGreaterEqual(int(self.edge.status()["log_entries"]), acknowledged)
        self.office.expect_refusal("K-114")
        self.wait_until("the log to be proven", self.log_is_proven)

        # Room again: it prints, and the next start puts a ballast aside.
        self.make_room()
        self.print_card()
        self.stop_edge()
        self.start_edge()
        self.assertTrue(os.path.exists(os.path.join(self.disk, "ballast")))
        self.print_card()


if __name__ == "__main__":
    unittest.main()
