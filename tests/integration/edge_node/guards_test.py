"""What stops a node from printing, or does not, and that its log can be exported in each of those
states."""

import json
import os
import shutil
import unittest

from small_district import NODE, SmallDistrictTest

from places import operator_of

NEWER_APPLICATION = "2018.1"


class GuardsTest(SmallDistrictTest):
    exports = 0

    def export(self):
        """Exports the log, verifies the file, and returns how many entries it has."""
        GuardsTest.exports += 1
        to = self.path(f"export-{GuardsTest.exports}.klog")
        code, said, complaint = self.keping("edge", "export-log", "--to", to, "--json", "--config",
                                            self.edge_config)
        self.assertEqual(code, 0, complaint)
        exported = json.loads(said)
        self.assertEqual(exported["entries"], exported["signed_up_to"])
        code, said, complaint = self.keping("verify", "--json", "--mirror", to)
        self.assertEqual(code, 0, said + complaint)
        self.assertEqual(json.loads(said)["stores"][0]["streams"][0]["entries"], exported["entries"])
        return int(exported["entries"])

    def feed_is_read(self):
        node = self.central.nodes()[NODE]
        return node["connected"] and node["feed_position"] == node["feed_head"]

    def test_a_node_that_runs_and_one_that_is_stopped(self):
        self.start_office()
        self.print_card()
        running = self.export()
        self.assertEqual(running, int(self.edge.status()["log_entries"]))
        self.kill_edge()
        self.assertEqual(self.export(), running)
        # Without its records' key the node does not start, and its log is as readable as ever.
        os.rename(self.path("edge-keys", "data.1.key"), self.path("data.1.key"))
        self.assertEqual(self.export(), running)
        os.rename(self.path("data.1.key"), self.path("edge-keys", "data.1.key"))
        self.start_edge()
        self.assertGreaterEqual(self.export(), running)

    def test_a_locked_node(self):
        self.start_office()
        self.stop_edge()
        shutil.copytree(self.path("edge"), self.path("backup"))
        self.start_edge()
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.stop_edge()
        shutil.rmtree(self.path("edge"))
        os.rename(self.path("backup"), self.path("edge"))
        self.start_edge()
        self.wait_until("the centre to see the rollback",
                        lambda: self.edge.status()["lock_reason"])
        self.office.expect_refusal("K-103")
        self.assertEqual(self.export(), int(self.edge.status()["log_entries"]))
        self.stop_edge()
        self.export()

    def test_a_card_application_that_is_too_old(self):
        self.start_office()
        self.print_card()
        self.keping("central", "require-application", NEWER_APPLICATION, "--node", NODE, "--config",
                    self.path("central.textproto"), accept=(0,))
        self.wait_until("the requirement at the node", self.feed_is_read)
        self.office.expect_refusal("K-171")
        # The link and the export go on.
        self.wait_until("the log to be proven", self.log_is_proven)
        self.assertEqual(self.export(), int(self.edge.status()["log_entries"]))
        # The way out: the new application, and people who were trained on it.
        self.stop_edge()
        self.write_edge_config(version=NEWER_APPLICATION)
        self.start_edge()
        self.office.expect_refusal("K-102")
        self.central.certify(operator_of(NODE), NODE, NEWER_APPLICATION)
        self.wait_until("the certificate at the node", self.feed_is_read)
        self.print_card()

    def test_an_expired_certificate_stops_the_link_and_nothing_else(self):
        self.start_office()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.stop_edge()
        self.age_certificate(-24 * 365)
        self.stop_central()
        self.start_edge()
        for _ in range(2):
            self.print_card()
        status = self.edge.status()
        self.assertFalse(status["connected"])
        self.assertEqual(status["cards_fed_offline"], "2")
        self.assertEqual(self.export(), int(status["log_entries"]))


if __name__ == "__main__":
    unittest.main()
