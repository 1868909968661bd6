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
        self.change_the_key_of_the_centre()
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


    def change_the_key_of_the_centre(self):
        """What the node fetches again later comes from records under the new one."""
        before = self.central.status()["data_key"]["key_id"]
        self.keping("central", "rotate-key", "--config", self.path("central.textproto"), accept=(0,))
        self.wait_until("the centre's old key to be destroyed", lambda: [
            name for name in os.listdir(self.path("central-keys")) if name.startswith("data.")]
            == ["data.2.key"])
        after = self.central.status()["data_key"]
        self.assertNotEqual(after["key_id"], before)
        self.assertEqual(after["old_key_ids"], [])

    def test_a_key_from_systemd_is_used_and_left_to_the_administrator(self):
        credentials = self.make_folder("credentials")
        self.EDGE_WRAPPER = ["env", f"CREDENTIALS_DIRECTORY={credentials}"]
        self.add_credential("data.1.key")
        self.start_office()
        self.print_card()
        self.assertEqual(self.key_files(), [])
        code, _, refusal = self.keping("edge", "rotate-key", "--config", self.edge_config)
        self.assertEqual(code, 3)
        for words in ("K-212", "data.2.key"):
            self.assertIn(words, refusal)

        self.stop_edge()
        self.add_credential("data.2.key")
        self.start_edge()
        self.wait_until("the records to be under the new key",
                        lambda: not self.edge.status()["data_key"]["old_key_ids"])
        self.wait_until("the log to say that the old one can go", lambda: "data.1.key" in self.log())
        self.stop_edge()
        os.remove(os.path.join(credentials, "data.1.key"))
        self.start_edge()
        self.print_card()

    def add_credential(self, name):
        path = self.path("credentials", name)
        with open(path, "wb") as file:
            file.write(os.urandom(32))
        # As systemd's access lists show.
        os.chmod(path, 0o440)

    def log(self):
        with open(self.path("logs", "edge-program.log"), encoding="utf-8") as file:
            return file.read()


if __name__ == "__main__":
    unittest.main()
