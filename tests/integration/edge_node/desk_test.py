"""The district's desk, with real programs: what a reconciler asks by the command, and gets answered with
evidence; what officers decide; and who may not."""

import datetime
import json
import os
import subprocess
import unittest

from small_district import BIN, NODE, OFFICER_PASSWORD, SmallDistrictTest, operator_of

BOTH = OFFICER_PASSWORD + "\n"  # what the second of two persons types in


class DeskTest(SmallDistrictTest):
    def desk(self, *words, typed=None):
        return self.keping("central", *words, "--json", "--socket", self.path("central.sock"),
                           typed=typed)

    def done(self, *words, typed=None):
        code, said, complaint = self.desk(*words, typed=typed)
        self.assertEqual(code, 0, said + complaint)
        return json.loads(said)

    def refused(self, code_wanted, *words, typed=None):
        code, said, complaint = self.desk(*words, typed=typed)
        self.assertEqual(code, 3, said + complaint)
        self.assertIn(code_wanted, said + complaint)

    def text(self, *words):
        code, said, complaint = self.keping("central", *words, "--socket",
                                            self.path("central.sock"))
        self.assertEqual(code, 0, said + complaint)
        return said

    def people_of_the_district(self):
        self.refused("K-308", "officer", "set", "rai", "--by", "rai")
        self.officer("made", "administrator")
        self.officer("rai", "reconciler")
        self.officer("sari", "auditor")
        self.refused("K-300", "officer", "set", "ketut", "--by", "rai")

    def the_card(self):
        """Prints one, and returns its record and its blank."""
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        prr = sorted(self.office.seen.prrs)[0]
        card = self.done("record", prr)["cards"][0]
        return prr, card["blank"]

    def subject(self, nik):
        """The NIK goes through standard input: no other user of the machine can read it there."""
        return subprocess.run([f"{BIN}/keping", "central", "subject", "--by", "rai", "--json",
                               "--socket", self.path("central.sock")], input=nik + "\n", text=True,
                              capture_output=True, check=False)

    def test_where_is_it_and_who_did_it(self):
        self.start_office()
        self.people_of_the_district()
        prr, blank = self.the_card()
        trace = self.done("blank", blank)
        self.assertEqual((trace["account"], trace["holder"]), ("printed_ready", NODE))
        said = [fact["event"] for fact in trace["facts"]]
        for event in ("blanks_dispatched", "blanks_received", "print_intended", "print_verified"):
            self.assertIn(event, said)
        self.assertIn(prr, trace["prrs"])
        record = self.done("record", prr)
        self.assertEqual(record["state"], "printed")
        self.assertEqual(record["cards"][0]["operator_id"], operator_of(NODE))
        self.assertTrue(record["cards"][0]["lease_valid"])
        self.assertIn("print_verified", self.text("blank", blank))
        code, said, complaint = self.desk("blank", "NOSUCH1")
        self.assertNotEqual(code, 0)
        self.assertIn("no allotment names it", said + complaint)

        nik = next(row["nik"] for row in self.people() if row["prr"] == prr)
        code, said, complaint = self.keping("edge", "handover", "status", "--operator",
                                            operator_of(NODE), "--config", self.edge_config,
                                            typed=nik + "\n")
        self.assertEqual(code, 0, said + complaint)
        self.wait_until("the log to be proven", self.log_is_proven)
        answer = self.subject(nik)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        looked = [(read["fact"]["node"], read["fact"]["person"])
                  for read in json.loads(answer.stdout)["reads"]]
        self.assertIn((NODE, operator_of(NODE)), looked)
        self.assertEqual(looked[-1], ("central", "rai"), "this question is the last one")
        self.assertEqual(json.loads(answer.stdout)["records"][0]["prr"], prr)
        self.assertNotIn(nik, answer.stdout)
        self.assertNotEqual(self.subject("0" * 16).returncode, 0)

    def test_a_case_from_its_facts_to_the_document_that_ends_it(self):
        self.start_office()
        self.people_of_the_district()
        prr, blank = self.the_card()
        self.national.withdraw(prr)
        self.wait_until("the case", lambda: self.done("cases", "--open")["cases"])
        case = self.done("cases", "--kind", "withdrawn_printed")["cases"][0]
        self.assertEqual((case["code"], case["prr"]), ("K-203", prr))
        self.assertEqual(self.done("cases", "--kind", "clock_changed")["cases"], [])
        shown = self.done("case", case["case_id"])
        self.assertEqual(len(shown["evidence"]), len(case["evidence"]))
        self.assertEqual([order["done"] for order in shown["orders"]], [False])
        self.assertTrue(shown["two_persons"])
        # Another policy is tried on it, and nothing of it is set.
        stricter = self.write("stricter.textproto", self.text("policy", "show")
                              + "rules { kind: CASE_KIND_WITHDRAWN_PRINTED may_decide: ROLE_AUDITOR }\n")
        tried = self.done("policy", "try", stricter)
        self.assertEqual([one["case_id"] for one in tried["differences"]], [case["case_id"]])
        self.assertIn("an auditor decides", tried["differences"][0]["would_be"])
        self.assertIn("Nothing was changed.", self.text("policy", "try", stricter))
        self.assertEqual(self.done("policy", "try", self.write(
            "same.textproto", self.text("policy", "show")))["differences"], [])

        decide = ("decide", case["case_id"], "explain")
        now = str(case["revision"])
        self.refused("K-186", *decide, "--revision", now, "--by", "nobody")
        self.refused("K-299", *decide, "--revision", now, "--by", "nobody", typed=BOTH)
        self.refused("K-300", *decide, "--revision", now, "--by", "sari")
        self.refused("K-301", *decide, "--revision", "99", "--by", "rai", "--second", "sari",
                     "--document", "470/1", typed=BOTH)
        self.refused("K-303", *decide, "--revision", now, "--by", "rai", "--second", "rai")
        two = (*decide, "--revision", now, "--by", "rai", "--second", "sari", "--document",
               "470/1/2017")
        self.refused("K-186", *two)  # the second one gave no password
        self.refused("K-175", *two, typed="kopi\n")
        answer = self.done(*two, typed=BOTH)
        self.assertEqual(answer["state"], "CASE_STATE_CLOSED")
        shown = self.done("case", case["case_id"])
        self.assertEqual(shown["decisions"][0]["document"], "470/1/2017")
        self.assertIn("explained", self.text("case", case["case_id"]))
        self.verify_stores(blank)

    def test_evidence_proves_itself_on_another_machine(self):
        self.start_office()
        self.people_of_the_district()
        _, blank = self.the_card()
        pack = self.path("blank.pack")
        self.refused("K-186", "evidence", "--blank", blank, "--out", pack, "--by", "nobody")
        self.done("evidence", "--blank", blank, "--out", pack, "--by", "sari")
        key = self.central.status()["centre_key"]
        code, said, complaint = self.keping("verify", "--pack", pack, "--centre-key", key)
        self.assertEqual(code, 0, complaint)
        self.assertIn("print_verified", said)
        # Without a key to compare with it proves nothing yet, and no pack is ever overwritten.
        code, said, complaint = self.keping("verify", "--pack", pack)
        self.assertEqual(code, 4, said + complaint)
        self.assertIn("repeat this with --centre-key", said)
        code, said, complaint = self.desk("evidence", "--blank", blank, "--out", pack, "--by", "sari")
        self.assertNotEqual(code, 0, said)
        self.assertIn("never overwritten", complaint)
        # By another key, and with one bit of it changed, it is none.
        self.assertEqual(self.keping("verify", "--pack", pack, "--centre-key", "0" * 64)[0], 4)
        with open(pack, "rb") as file:
            good = bytearray(file.read())
        for place in range(0, len(good), max(1, len(good) // 60)):
            bad = bytearray(good)
            bad[place] ^= 1
            with open(self.path("bad.pack"), "wb") as file:
                file.write(bad)
            code, said, complaint = self.keping("verify", "--pack", self.path("bad.pack"),
                                                "--centre-key", key)
            self.assertNotEqual(code, 0, f"bit {place}: {said}")

    def test_the_policy_and_what_people_enter(self):
        self.start_district()
        self.people_of_the_district()
        shown = self.text("policy", "show")
        self.assertIn("silent_node_days: 3", shown)
        file = self.write("policy.textproto", shown.replace("silent_node_days: 3",
                                                            "silent_node_days: 2")
                          + 'version: 1\nholidays { date: "2017-03-28" name: "Nyepi" }\n')
        self.refused("K-303", "policy", "set", file, "--by", "made", "--second", "made")
        self.done("policy", "set", file, "--by", "made", "--second", "rai", typed=BOTH)
        self.refused("K-307", "policy", "set", file, "--by", "made", "--second", "rai", typed=BOTH)
        self.assertEqual(self.done("policy", "show")["policy"]["holidays"][0]["name"], "Nyepi")
        broken = self.write("broken.textproto", "version: 2\nsilent_node_days: often\n")
        code, said, complaint = self.desk("policy", "set", broken, "--by", "made", "--second",
                                          "rai")
        self.assertEqual(code, 2, said)
        self.assertIn("broken.textproto:2:", complaint)

        today = datetime.date.today().isoformat()
        self.done("readiness", "51.06.01.2001", "--day", today, "--persons", "40", "--by", "rai")
        self.done("absence", operator_of(NODE), "training", "--first", today, "--last", today,
                  "--by", "rai")
        self.done("printer", "kiosk", NODE, "--cards-per-day", "0", "--from", today, "--by", "rai")
        self.refused("K-300", "readiness", "51.06.01.2001", "--day", today, "--by", "sari")
        # Nothing of it is lost by a restart.
        self.stop_central()
        self.start_central()
        self.assertEqual(self.done("policy", "show")["policy"]["silent_node_days"], 2)
        self.assertEqual(len(self.done("officer", "list")["officers"]), 3)

    def test_the_plan_says_when_and_why(self):
        self.start_office()
        self.people_of_the_district()
        planned = [prr for day in self.done("plan", "days")["days"] for run in day["runs"]
                   for prr in run["prrs"]]
        self.assertEqual(len(planned), self.DISPATCHED, "a card for each blank of the office")
        self.assertEqual(len(planned), len(set(planned)))
        records = [f"PRR-5106-{number:07}" for number in range(1, self.PRRS + 1)]
        last = next(prr for prr in records if prr not in planned)
        self.assertIn("WAIT_REASON_NO_BLANKS",
                      [wait["reason"] for wait in self.done("plan", "explain", last)["waits"]])
        why = self.done("plan", "explain", planned[0])
        self.assertEqual(why["node"], NODE)
        self.assertIn("day", why)
        self.assertIn("blanks", self.text("plan", "readiness"))
        self.assertIn(NODE, self.text("plan", "forecast"))
        village = self.done("record", planned[0])["village"]
        self.refused("K-186", "plan", "invitations", village, "--by", "nobody")
        invited = self.done("plan", "invitations", village, "--by", "rai")["invitations"]
        self.assertIn(planned[0], [one["prr"] for one in invited])
        for one in invited:
            self.assertRegex(one["masked_nik"], r"^\d{6}\*{8}\d{2}$")
        self.ask_for_blanks()
        # Its printer breaks: the plan knows it at once.
        self.done("printer", "kiosk", NODE, "--cards-per-day", "0", "--from",
                  datetime.date.today().isoformat(), "--by", "rai")
        why = self.done("plan", "explain", planned[0])
        self.assertNotIn("day", why)
        self.assertIn("WAIT_REASON_NO_PRINTER", [wait["reason"] for wait in why["waits"]])

    def ask_for_blanks(self):
        """As many as the forecast says; what the capital promises, the plan expects."""
        two = ("--by", "made", "--second", "rai")
        self.assertIn("request", self.done("plan", "forecast"))
        asked = self.done("plan", "request", "470/1", *two, typed=BOTH)
        self.assertEqual(int(asked["blanks"]), self.PRRS - self.BLANKS)
        self.wait_until("the capital to answer",
                        lambda: self.done("plan", "requests")["requests"][0].get("answered"))
        self.assertIn("accepted", self.text("plan", "requests"))
        self.assertNotIn("request", self.done("plan", "forecast"))
        self.refused("K-312", "plan", "request", "470/2", *two, typed=BOTH)
        self.refused("K-310", "plan", "request", "470/1", "--blanks", "7", "--here-on",
                     "2100-01-01", *two, typed=BOTH)
        self.refused("K-311", "plan", "request", "470/2", "--blanks", "7", "--here-on",
                     "2017-04-27", *two, typed=BOTH)

    def test_who_acts_has_signed_in(self):
        self.start_office()
        self.people_of_the_district()
        # Several are signed in here: the command asks which of them it is.
        code, _, complaint = self.desk("require-application", "2017.1")
        self.assertEqual(code, 2, complaint)
        self.assertIn("--by", complaint)
        self.refused("K-300", "dispatch", NODE, "--quantity", "1", "--by", "sari")
        for name in ("rai", "sari"):
            code, said, complaint = self.keping("central", "sign-out", name, "--socket",
                                                self.path("central.sock"))
            self.assertEqual(code, 0, said + complaint)
        self.done("operator", "add", "op-baru", NODE)
        self.refused("K-186", "operator", "add", "op-baru", NODE, "--by", "rai")
        readiness = ("readiness", "51.06.01.2001", "--day", "2030-01-07", "--by", "rai")
        self.done(*readiness, typed=BOTH)  # a password for one command
        self.refused("K-186", *readiness)
        for _ in range(4):
            self.refused("K-175", *readiness, typed="kopi\n")
        self.refused("K-325", *readiness, typed="kopi\n")
        self.refused("K-325", *readiness, typed=BOTH)
        # A restart signs everybody out, and gives nobody a further try.
        self.stop_central()
        self.start_central()
        self.refused("K-325", *readiness, typed=BOTH)
        self.refused("K-186", "operator", "add", "op-baru", NODE)
        first = self.done("officer", "set", "rai", "--first-password", "--by", "made",
                          typed=BOTH)["first_password"]
        self.refused("K-178", *readiness, typed=first + "\n")
        # No administrator knows the own password: whoever has the machine begins anew.
        self.refused("K-186", "officer", "set", "made", "--role", "administrator", "--by", "made")
        self.stop_central()
        said = self.supervisor.run([*self.central_command(), "forget-passwords"])[1]
        self.assertIn("passwords of 3 officers", said)
        self.start_central()
        self.administrator = None
        self.officer("made", "administrator")
        self.done("operator", "add", "op-baru", NODE)
        # Nothing that was typed in is on the disk.
        for folder, _, files in os.walk(self.path("central")):
            for name in files:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(OFFICER_PASSWORD.encode(), file.read())

    def verify_stores(self, blank):
        self.assertEqual(self.done("blank", blank)["holder"], NODE)
        self.stop_edge()
        self.stop_central()
        code, said, complaint = self.keping(
            "verify", "--json", "--central", self.path("central"), "--edge", self.path("edge"),
            "--keys", self.path("edge-keys"))
        self.assertEqual(code, 0, said + complaint)


if __name__ == "__main__":
    unittest.main()
