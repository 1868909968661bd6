"""Certificates that come of age, and expire, under programs that run: nothing restarts, nothing is
lost."""

import json
import time
import unittest

from small_district import NODE, SmallDistrictTest

YEAR_MICROS = 365 * 24 * 3600 * 1_000_000


def in_a_year():
    return int(time.time() * 1_000_000) + YEAR_MICROS


class CertificateTest(SmallDistrictTest):
    def own_certificate(self):
        return self.edge.status()["certificate"]

    def is_fresh(self, until_micros):
        return int(until_micros) > in_a_year()

    def certificate_of_session(self):
        return int(self.central.nodes()[NODE].get("certificate_until_micros", 0))

    def key_of(self, node):
        with open(self.path(f"{node}-keys", "node.key"), encoding="utf-8") as file:
            return file.read()

    def test_one_that_comes_of_age_is_renewed_under_a_running_stream(self):
        self.start_office()
        self.stop_edge()
        self.age_certificate(1)
        key = self.key_of("edge")
        self.start_edge()
        self.wait_until("the certificate to be renewed",
                        lambda: self.is_fresh(self.own_certificate()["valid_until_micros"]))
        self.assertEqual(self.own_certificate().get("problem", ""), "")
        self.assertNotEqual(self.key_of("edge"), key)
        # The program goes on, and so does its work.
        self.assertTrue(self.edge_process.is_running())
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        # The next connection, without a restart of the node, is made with the new one.
        self.stop_central()
        self.start_central()
        self.wait_until("a session under the new certificate",
                        lambda: self.is_fresh(self.certificate_of_session()))
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        # And so is the next start.
        self.kill_edge()
        self.start_edge()
        self.wait_until("the node to be back", lambda: self.edge.status()["connected"])

    def test_one_that_expired_in_an_outage_is_renewed_at_the_next_contact(self):
        self.start_office()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.stop_edge()
        self.stop_central()
        self.age_certificate(-24 * 365)
        self.start_edge()
        self.print_card()
        self.wait_until("the node to say what is wrong",
                        lambda: self.own_certificate().get("problem", "").startswith("K-253"))
        self.assertIn("expired", self.own_certificate()["problem"])
        self.assertFalse(self.edge.status()["connected"])
        self.start_central()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.assertTrue(self.is_fresh(self.own_certificate()["valid_until_micros"]))
        self.assertEqual(self.own_certificate().get("problem", ""), "")

    def test_a_revoked_node_is_given_no_new_one(self):
        self.start_office()
        self.stop_edge()
        self.age_certificate(1)
        code, said, complaint = self.keping(
            "central", "revoke", NODE, "--by", "kadis", "--second", "sekdis", "--document",
            "470/12/2017", "--json", "--socket", self.path("central.sock"))
        self.assertEqual(code, 0, said + complaint)
        self.assertIn("unsettled", json.loads(said) | {"unsettled": 0})
        key = self.key_of("edge")
        self.start_edge()
        self.wait_until("the node to hear that it is refused",
                        lambda: self.own_certificate().get("problem", "").startswith("K-254"))
        self.assertEqual(self.key_of("edge"), key)


if __name__ == "__main__":
    unittest.main()
