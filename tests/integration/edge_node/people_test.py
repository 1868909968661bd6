"""People at a real node: passwords and lock-out over a restart, shifts and reports, telephone grants
while the district is out of reach."""

import json
import subprocess
import unittest

# First, since it says where the others lie.
from small_district import NODE, SmallDistrictTest

from keping import Refused
from places import APPLICATION_VERSION, operator_of

SUPERVISOR = "sup-susut"


class PeopleTest(SmallDistrictTest):
    PRRS = 20

    def central_json(self, *call):
        code, output, errors = self.keping("central", *call, "--json", "--socket",
                                           self.path("central.sock"))
        self.assertEqual(code, 0, errors)
        return json.loads(output)

    def edge_call(self, *call, lines=()):
        """(exit code, output, errors); `lines` are typed in."""
        done = subprocess.run([self.program("keping"), "edge", *call, "--socket",
                               self.path("edge.sock")], input="".join(f"{line}\n" for line in lines),
                              capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr

    def add(self, person, role):
        """On the roster, with a first password, which is returned."""
        return self.central_json("operator", "add", person, NODE, "--role", role,
                                 "--first-password")["first_password"]

    def roster(self):
        code, output, _ = self.edge_call("roster", "--json")
        self.assertEqual(code, 0)
        return {person["operator_id"]: person for person in json.loads(output)["people"]}

    def restart_edge(self):
        self.kill_edge()
        self.start_edge()

    def test_passwords_lock_out_and_survive_a_kill(self):
        self.start_district()
        self.enrol()
        self.start_edge()
        first = self.add("ayu", "operator")
        self.wait_until("the roster", lambda: self.roster().get("ayu", {}).get("has_password"))

        def change(old, new):
            return self.edge_call("password", "--operator", "ayu", lines=(old, new))

        self.assertEqual(change(first, "kopi bangli 2017")[0], 0)
        self.restart_edge()
        code, _, errors = change(first, "kopi bangli 2018")
        self.assertEqual(code, 3)
        self.assertIn("K-175", errors)
        for _ in range(4):
            change("salah sekali", "kopi bangli 2018")
        self.assertGreater(self.roster()["ayu"]["locked_out_seconds"], 0)
        self.restart_edge()
        code, _, errors = change("kopi bangli 2017", "kopi bangli 2018")
        self.assertEqual(code, 3)
        self.assertIn("K-174", errors)
        # A new first password of the district does not end the waiting: only a grant does.
        self.add("ayu", "operator")
        self.assertGreater(self.roster()["ayu"]["locked_out_seconds"], 0)

    def test_a_day_with_shift_and_signed_report(self):
        self.EDGE_CONFIG = "require_shift: true\n"
        self.start_office()
        operator = operator_of(NODE)
        with self.assertRaises(Refused) as refused:
            self.print_card()
        self.assertEqual(refused.exception.code, "K-170")
        code, output, _ = self.edge_call("shift", "open", "--operator", operator, "--counted",
                                         str(self.BLANKS - 1))
        self.assertEqual(code, 0)
        self.assertIn("1 are missing", output)
        self.print_card()
        code, report, _ = self.edge_call("day-report", "--operator", operator)
        self.assertEqual(code, 0)
        self.assertIn("Cards good: 1", report)
        self.edge_call("shift", "close", "--operator", operator)
        self.assertIn("█", report, "the code for a photo")
        self.assertNotIn("█", report.split("Signature: ")[0])

        key = self.central_json("nodes")["nodes"][0]["public_key"]
        code, said, _ = self.keping("verify-report", self.write("report.txt", report),
                                    "--public-key", key)
        self.assertEqual(code, 0)
        code, _, errors = self.keping("verify-report", self.write(
            "forged.txt", report.replace("Cards good: 1", "Cards good: 0")), "--public-key", key)
        self.assertEqual(code, 4)
        self.assertIn("signature", errors)

        paper = said.split("Code ")[1].rstrip(".\n")
        code, output, _ = self.edge_call("shift", "open", "--operator", operator, "--report-code",
                                         paper, "--json")
        self.assertEqual(json.loads(output)["code_check"], "REPORT_CODE_CHECK_LAST")
        self.edge_call("shift", "close", "--operator", operator)
        _, output, _ = self.edge_call("shift", "open", "--operator", operator, "--report-code",
                                      "00000000")
        self.assertIn("K-179", output)

    def test_a_grant_by_telephone_while_the_district_is_out_of_reach(self):
        self.start_office()
        self.print_card()
        self.add(SUPERVISOR, "supervisor")
        self.central_json("operator", "certify", operator_of(NODE), NODE, APPLICATION_VERSION,
                          "--withdraw")
        self.wait_until("the roster", lambda: SUPERVISOR in self.roster()
                        and not self.roster()[operator_of(NODE)]["certified"])
        with self.assertRaises(Refused) as refused:
            self.print_card()
        self.assertEqual(refused.exception.code, "K-102")
        self.stop_edge()
        # The centre makes the code; the node hears nothing of it.
        code = self.central_json("grant", "certify", NODE, "--subject", operator_of(NODE),
                                 "--application-version", APPLICATION_VERSION, "--by",
                                 "kadis")["code"]
        self.stop_central()
        self.start_edge()

        def use(typed):
            return self.edge_call("grant", "certify", "--subject", operator_of(NODE), "--operator",
                                  SUPERVISOR, "--code", typed)

        other = self.another(code)
        code_of_exit, _, errors = use(other)
        self.assertEqual(code_of_exit, 3)
        self.assertIn("K-183", errors)
        self.restart_edge()
        _, _, errors = use(other)
        self.assertIn("3 tries", errors)
        self.assertEqual(use(code)[0], 0)
        self.assertIn("K-184", use(code)[2])
        self.print_card()

        self.start_central()
        self.wait_until("the log to be proven", self.log_is_proven)
        grants = self.central_json("grants")
        self.assertEqual([grant["state"] for grant in grants["grants"]], ["used"])
        self.assertEqual(grants["refused"], [{"node": NODE, "count": "2"}])

    def another(self, code):
        """A code that is as good a row of digits, and not that one."""
        digits = [int(c) for c in code if c.isdigit()]
        digits[5] = (digits[5] + 1) % 10
        table = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
                 "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"]
        check = 0
        for digit in digits[:11]:
            check = int(table[check][digit])
        return "".join(map(str, digits[:11])) + str(check)


if __name__ == "__main__":
    unittest.main()
