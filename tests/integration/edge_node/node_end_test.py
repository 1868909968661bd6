"""How a node ends, with real programs: revoked under an open stream, its later words believed by two
officers; declared lost, and found again; retired when nothing is left."""

import json
import unittest

from small_district import NODE, SmallDistrictTest

TWO_PERSONS = ("--by", "kadis", "--second", "sekdis", "--document", "470/12/2017")


class NodeEndTest(SmallDistrictTest):
    def district(self, *words, accept=range(256)):
        return self.keping("central", *words, "--json", "--socket", self.path("central.sock"),
                           accept=accept)

    def done(self, *words):
        code, said, complaint = self.district(*words)
        self.assertEqual(code, 0, said + complaint)
        return json.loads(said)

    def refused(self, code_wanted, *words):
        code, said, complaint = self.district(*words)
        self.assertNotEqual(code, 0)
        self.assertIn(code_wanted, said + complaint)

    def blanks(self, account):
        return sum(int(balance["quantity"]) for balance in self.central.stock()["balances"]
                   if balance["account"] == account and balance.get("holder") == NODE)

    def cases(self, kind):
        return [case for case in self.central.cases() if case["kind"] == kind]

    def is_locked(self):
        return "K-255" in self.edge.status().get("lock_reason", "")

    def claims(self):
        streams = self.done("claims").get("streams", [])
        return streams[0] if streams else {"claims": []}

    def verify_stores(self):
        self.stop_edge()
        self.stop_central()
        code, said, complaint = self.keping(
            "verify", "--json", "--central", self.path("central"), "--edge", self.path("edge"),
            "--keys", self.path("edge-keys"))
        self.assertEqual(code, 0, said + complaint)

    def test_a_revoked_node(self):
        self.start_office()
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.refused("K-259", "revoke", NODE, "--by", "kadis", "--second", "kadis", "--document", "1")
        proven = int(self.central.nodes()[NODE]["proven_seq"])
        self.assertTrue(self.central.nodes()[NODE]["connected"])
        self.done("revoke", NODE, *TWO_PERSONS)
        # Its open stream is gone, and the node hears why.
        self.wait_until("the node to be locked", self.is_locked)
        self.office.expect_refusal("K-103")
        node = self.central.nodes()[NODE]
        self.assertEqual(node["ended"], "revoked")
        self.assertEqual(int(node["proven_seq"]), proven)
        # Nothing more goes down to it.
        position = int(self.edge.status()["feed_position"])
        self.central.certify("op-lain", NODE)
        self.wait_until("another of its sessions", lambda: self.is_locked())
        self.assertEqual(int(self.edge.status()["feed_position"]), position)

    def test_what_a_revoked_node_says_later_is_believed_by_two_officers(self):
        self.start_office()
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.print_without_link(cards=1)
        self.done("revoke", NODE, *TWO_PERSONS)
        facts = int(self.central.nodes()[NODE]["proven_seq"])
        self.start_edge()
        self.wait_until("its log to come as claims", lambda: self.claims()["claims"]
                        and int(self.claims()["claimed_seq"])
                        == int(self.edge.status()["log_entries"]))
        self.assertEqual(int(self.edge.status()["log_entries_proven"]), facts)
        self.assertEqual(self.blanks("printed_ready"), 1)
        self.assertEqual(self.cases("CASE_KIND_REVOKED_CLAIMS")[0]["state"], "CASE_STATE_OPEN")
        self.assertIn("print_verified", [claim["event"] for claim in self.claims()["claims"]])
        last = int(self.claims()["claimed_seq"])
        self.refused("K-258", "accept-claims", NODE, "--up-to", str(last + 1), *TWO_PERSONS)
        self.done("accept-claims", NODE, "--up-to", str(last), *TWO_PERSONS)
        self.assertEqual(self.blanks("printed_ready"), 2)
        self.assertEqual(self.cases("CASE_KIND_REVOKED_CLAIMS")[0]["state"], "CASE_STATE_CLOSED")
        self.assertEqual(int(self.central.nodes()[NODE]["proven_seq"]), last)
        self.verify_stores()

    def test_a_lost_node_that_is_found_again(self):
        self.start_office()
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.refused("K-256", "retire", NODE, "--by", "kadis")
        self.print_without_link(cards=1)
        answer = self.done("declare-lost", NODE, *TWO_PERSONS)
        self.assertEqual(int(answer["unsettled"]), self.DISPATCHED - 1 + self.PRRS - 1)
        self.assertEqual(self.blanks("maybe_used"), self.DISPATCHED - 1)
        self.assertEqual(self.cases("CASE_KIND_LOST_TAIL")[0]["state"], "CASE_STATE_OPEN")
        record = next(iter(sorted(set(self.every_record()) - set(self.office.seen.prrs))))
        self.refused("K-260", "move-lease", record, NODE, "--force")
        # Its tail turns up: what it says are facts, and it is not let loose again.
        self.start_edge()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.wait_until("the node to be locked", self.is_locked)
        self.assertEqual(self.blanks("printed_ready"), 2)
        self.assertEqual(self.blanks("maybe_used"), self.DISPATCHED - 2)
        self.verify_stores()

    def every_record(self):
        return [row["prr"] for row in self.people()]


if __name__ == "__main__":
    unittest.main()
