"""A centre whose database is set back to its backup, with real programs: it says so, gives nothing
out before the office was heard, and knows again what it had told it."""

import shutil
import unittest

from small_district import NODE, SmallDistrictTest


class SetBackTest(SmallDistrictTest):
    """What happens between a backup and the day on which it is put back, and what must hold then."""
    PRRS = 12
    BLANKS = 20
    DISPATCHED = 8

    def setUp(self):
        super().setUp()
        self.start_office()
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)

    def work_after_the_backup(self):
        """A card, and blanks that the centre sends: none of it is in the backup."""
        self.wait_until("the node to be back", lambda: self.central.nodes()[NODE]["connected"])
        self.print_card()
        self.central.dispatch(NODE, 4)
        self.wait_until("the blanks to be on their way", self.edge.transfers)
        self.wait_until("the log to be proven", self.log_is_proven)

    def generation(self):
        return self.central.status()["generation"]

    def unheard(self):
        return self.central.status().get("nodes_unheard", [])

    def check_that_it_asks_first(self, generation_before):
        """The centre began another generation, and gives nothing out."""
        self.assertNotEqual(self.generation(), generation_before)
        self.assertEqual(self.unheard(), [NODE])
        ended, _, complaint = self.keping("central", "dispatch", NODE, "--quantity", "1",
                                          "--socket", self.path("central.sock"))
        self.assertNotEqual(ended, 0)
        self.assertIn("K-270", complaint)

    def check_that_all_is_back(self, cards=2):
        self.wait_until("the office to be heard", lambda: self.unheard() == [])
        self.wait_until("the log to be proven", self.log_is_proven)
        stock = {(line["account"], line.get("holder", "")): int(line["quantity"])
                 for line in self.central.stock()["balances"]}
        self.assertEqual(stock[("in_transit", NODE)], 4)
        self.assertEqual(stock[("district_stock", "")], self.BLANKS - self.DISPATCHED - 4)
        self.assertEqual(stock[("printed_ready", NODE)], cards)
        self.assertEqual(self.central.cases(), [])
        # What was on its way arrives, and the day goes on.
        self.wait_until("the blanks to be on their way again", self.edge.transfers)
        self.office.receive_blanks(self.path("more-scans.txt"))
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.stop_edge()
        self.stop_central()
        ended, said, complaint = self.keping("verify", "--central", self.path("central"),
                                             "--edge", self.path("edge"))
        self.assertEqual(ended, 0, said + complaint)


class CentreRestoredTest(SetBackTest):
    def copy_centre(self):
        self.stop_central()
        for folder in ("central", "central-keys"):
            shutil.copytree(self.path(folder), self.path(f"backup-{folder}"))
        self.start_central()

    def set_back(self, *folders):
        self.stop_central()
        for folder in folders:
            shutil.rmtree(self.path(folder))
            shutil.copytree(self.path(f"backup-{folder}"), self.path(folder))
        self.start_central()

    def test_a_database_that_is_set_back_is_found_at_the_start(self):
        self.copy_centre()
        self.work_after_the_backup()
        before = self.generation()
        self.stop_edge()
        self.set_back("central")
        self.check_that_it_asks_first(before)
        self.start_edge()
        self.check_that_all_is_back()

    def test_a_disk_that_is_set_back_is_found_at_the_first_contact(self):
        self.copy_centre()
        self.work_after_the_backup()
        before = self.generation()
        self.stop_edge()
        self.set_back("central", "central-keys")
        self.assertEqual(self.generation(), before)
        self.start_edge()
        self.wait_until("the centre to see it", lambda: self.generation() != before)
        self.check_that_all_is_back()


if __name__ == "__main__":
    unittest.main()
