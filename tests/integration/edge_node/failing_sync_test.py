"""An edge node whose disk refuses to sync, by fiu-run: it stops acting, ends with a reason, and has
lost nothing that it acknowledged when it starts again."""

import os
import unittest

from small_district import Failure, SmallDistrictTest


class FailingSyncTest(SmallDistrictTest):
    # Two records' worth of doubt: a failed sync leaves it unknown whether the intent was written.
    PRRS = 10

    def setUp(self):
        super().setUp()
        self.control = self.path("fiu")
        self.EDGE_WRAPPER = ["fiu-run", "-x", "-f", self.control]

    def fail_syncs(self):
        self.supervisor.run(["fiu-ctrl", "-f", self.control, "-c",
                             "enable name=posix/io/sync/fdatasync", "-c",
                             "enable name=posix/io/sync/fsync", str(self.edge_process.pid)])

    def test_a_failed_sync_ends_the_node_and_nothing_acknowledged_is_lost(self):
        self.start_office()
        self.print_card()
        acknowledged = int(self.edge.status()["log_entries"])
        jobs = len(self.edge.jobs())
        started = self.printer.started_jobs()

        self.edge_process.may_end = True
        self.fail_syncs()
        with self.assertRaises(Failure) as refused:
            self.edge.print_card(self.office.stock[0])
        self.assertNotIn("K-1", str(refused.exception), "no refusal by a rule, but a failure")
        code, said = self.edge_ends_by_itself()
        self.assertEqual(code, 1)
        self.assertIn("the disk failed", said)
        # Nobody acted on what may not be on the disk.
        self.assertEqual(self.printer.started_jobs(), started)

        self.EDGE_WRAPPER = []
        self.start_edge()
        self.assertGreaterEqual(int(self.edge.status()["log_entries"]), acknowledged)
        jobs_after = self.edge.jobs()
        self.assertIn(len(jobs_after) - jobs, (0, 1))
        if len(jobs_after) > jobs:
            # The intent had reached the disk after all: a person says that no card was fed.
            self.assertEqual(jobs_after[0]["state"], "doubt")
            self.edge.resolve_unused(jobs_after[0]["act"])
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.stop_edge()
        code, said, complaint = self.keping("verify", "--edge", self.path("edge"))
        self.assertEqual(code, 0, said + complaint)

    def test_a_node_that_cannot_sync_does_not_start(self):
        self.start_office()
        self.stop_edge()
        command = ["fiu-run", "-x", "-c", "enable name=posix/io/sync/fdatasync", "-c",
                   "enable name=posix/io/sync/fsync", *self.edge_command()]
        code, output, complaint = self.supervisor.run(command, accept=range(256))
        self.assertEqual(code, 1)
        self.assertNotIn("ready", output)
        self.assertIn("the disk failed", complaint)


if __name__ == "__main__":
    unittest.main()
