"""The data key of a running edge node: changed while it prints, killed on the way, lost."""

import os
import unittest

from small_district import SmallDistrictTest


class DataKeyTest(SmallDistrictTest):
    PRRS = 150

    def key_files(self):
        return sorted(name for name in os.listdir(self.path("edge-keys")) if name.startswith("data."))

    def wait_for_the_end_of_the_old_key(self, left):
        self.wait_until("the old key to be destroyed", lambda: self.key_files() == left)
        self.assertEqual(self.edge.status()["data_key"]["old_key_ids"], [])

    def test_the_key_changes_while_the_node_works(self):
        self.start_office()
        self.print_card()
        before = self.edge.status()["data_key"]["key_id"]
        code, said, _ = self.keping("edge", "rotate-key", "--config", self.edge_config)
        self.assertEqual(code, 0)
        self.print_card()
        self.wait_for_the_end_of_the_old_key(["data.2.key"])
        after = self.edge.status()["data_key"]["key_id"]
        self.assertNotEqual(after, before)
        self.assertIn(after, said)
        self.print_card()

        # Killed as soon as the new key is there; the next start brings it to its end.
        self.keping("edge", "rotate-key", "--config", self.edge_config)
        self.kill_edge()
        self.assertIn("data.3.key", self.key_files())
        self.start_edge()
        self.wait_for_the_end_of_the_old_key(["data.3.key"])
        self.print_card()

    def test_a_lost_key_costs_records_until_the_next_contact_and_no_event(self):
        self.start_office()
        self.print_card()
        entries = int(self.edge.status()["log_entries"])
        self.wait_until("the log to be proven", self.log_is_proven)
        self.stop_edge()
        os.remove(self.path("edge-keys", "data.1.key"))
        code, _, complaint = self.run_edge()
        self.assertEqual(code, 1)
        for words in ("K-210", "No event is lost", "drop-records"):
            self.assertIn(words, complaint)
        code, said, _ = self.run_edge("drop-records")
        self.assertEqual(code, 0)
        self.assertIn(f"kept the log with {entries} entries", said)
        self.start_edge()
        self.wait_for_records()
        self.print_card()
        # With every key in its place there is nothing to drop.
        self.stop_edge()
        code, _, complaint = self.run_edge("drop-records")
        self.assertEqual(code, 1)
        self.assertIn("nothing was dropped", complaint)


if __name__ == "__main__":
    unittest.main()
