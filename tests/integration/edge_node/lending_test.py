"""Two offices without a link to anyone: one lends blanks to the other by a stick, in real programs."""

import json
import os
import unittest

from small_district import NODE, ROOT, SmallDistrictTest
import configs
import serials
from devices import CardPrinter
from keping import EdgeApi
from office import Office
from places import APPLICATION_VERSION, DISTRICT, OFFICES, operator_of, printer_of

BORROWER = OFFICES[1]
SECOND = "op-second"
LENT = 4


class LendingTest(SmallDistrictTest):
    PRRS = 60

    # ---- The other office.

    def write_central_config(self):
        """Both offices have records of their own."""
        national = {"address": self.national.address, "server_name": "national",
                    "keys": self.national.keys}
        folders = {"data": self.path("central"), "keys": self.path("central-keys"),
                   "socket": self.path("central.sock")}
        lender = OFFICES[0]._replace(kecamatan_code="")
        self.write("central.textproto", configs.central_config(
            DISTRICT, folders, [lender, BORROWER], national, self.CARDS_PER_DAY,
            self.centre_addresses))

    def wait_for_records(self):
        self.wait_until("the records", lambda: int(self.edge.status()["prrs_printable"]) > 0)

    def borrower_command(self, *more):
        return [self.program("keping-edge"), "--config", self.path("borrower.textproto"), *more]

    def start_borrower(self):
        self.borrower_printer = CardPrinter(self.supervisor, ROOT, printer_of(BORROWER.node),
                                            self.make_folder("borrower-printer"))
        folders = {"data": self.path("borrower"), "keys": self.path("borrower-keys"),
                   "socket": self.path("borrower.sock")}
        printer = {"id": printer_of(BORROWER.node), "uri": self.borrower_printer.uri,
                   "cards_per_day": self.CARDS_PER_DAY,
                   "application_version": APPLICATION_VERSION}
        self.write("borrower.textproto", configs.edge_config(
            BORROWER, folders, self.centre_addresses, printer))
        code, fingerprint = self.central.enrolment_code(BORROWER.node)
        self.supervisor.run(self.borrower_command("enrol", "--code", code, "--fingerprint",
                                                  fingerprint))
        self.borrower = EdgeApi(self._keping, self.path("borrower.sock"),
                                operator_of(BORROWER.node))
        self.borrower_process = self.supervisor.start("borrower", self.borrower_command())
        self.wait_until("the borrower's printer to be seen",
                        lambda: self.borrower.status()["printers"][0]["state"] != "unreachable")

    def start_two_offices(self):
        self.start_office()
        self.start_borrower()
        self.central.certify(SECOND, NODE)
        self.central.certify(operator_of(BORROWER.node), BORROWER.node, APPLICATION_VERSION)
        self.wait_until("the second person", lambda: SECOND in [
            person["operator_id"] for person in self.edge._ask("roster")["people"]])
        self.wait_until("the borrower's records",
                        lambda: int(self.borrower.status()["prrs_printable"]) > 0)
        self.wait_until("the log to be proven", self.log_is_proven)
        self.stop_central()

    # ---- The courier.

    def bundle(self, office, *words, accept=(0,)):
        socket = self.path("edge.sock" if office == "lender" else "borrower.sock")
        code, output, errors = self.keping("bundle", *words, "--socket", socket, "--json")
        self.assertIn(code, accept, errors)
        return json.loads(output) if output.strip() else errors

    def stick(self, name):
        return os.path.join(self.make_folder("stick"), name)

    def ask_for_blanks(self):
        self.bundle("borrower", "export", "--borrow-from", NODE, "--to", self.stick("request.kbundle"))

    def lend(self, blanks):
        self.write("lent.txt", "".join(f"{serial}\n" for serial in blanks))
        code, output, errors = self.keping(
            "edge", "stock", "lend", BORROWER.node, "--scanned-file", self.path("lent.txt"),
            "--operator", operator_of(NODE), "--second", SECOND, "--socket", self.path("edge.sock"),
            "--json")
        self.assertEqual(code, 0, errors)
        return json.loads(output)["transfer"]

    def make_slip(self, number, name="slip.kbundle", accept=(0,)):
        return self.bundle("lender", "export", "--slip", number, "--request",
                           self.stick("request.kbundle"), "--to", self.stick(name), accept=accept)

    def tray(self, socket):
        _, output, _ = self.keping("edge", "stock", "show", "--serials", "--socket",
                                   self.path(socket), "--json")
        piles = json.loads(output)["piles"]
        return set(serials.expand(piles[0]["serials"]))

    # ---- The stories.

    def test_an_office_that_ran_dry_prints_on_lent_blanks(self):
        self.start_two_offices()
        self.ask_for_blanks()
        lent, self.office.stock = self.office.stock[:LENT], self.office.stock[LENT:]
        number = self.lend(lent)
        self.assertFalse(self.tray("edge.sock") & set(lent))
        self.make_slip(number)
        self.make_slip(number, "slip-again.kbundle")  # the stick may be lost

        # The slip opens for its office only, and gives it no blank.
        problem = self.bundle("lender", "import", self.stick("slip.kbundle"), accept=(3,))
        self.assertIn("K-246", problem["problems"][0])
        imported = self.bundle("borrower", "import", self.make_folder("stick"))["imported"]
        self.assertEqual({(one["transfer"], one["blanks"]) for one in imported},
                         {(number, str(LENT))})
        self.assertEqual(self.tray("borrower.sock"), set())

        # One of them is not in the envelope.
        self.write("came.txt", "".join(f"{serial}\n" for serial in lent[:-1]))
        received = self.borrower.receive(number, self.path("came.txt"))
        self.assertEqual(received["missing"], "1")
        self.assertEqual(self.tray("borrower.sock"), set(lent[:-1]))
        office = Office(BORROWER, self.borrower, self.borrower_printer, self.supervisor)
        office.stock = lent[:-1]
        office.print_card()
        self.print_card()
        self.check_centre(lent)

    def check_centre(self, lent):
        """When the links are back, the centre finds that one blank is missing, and nothing else."""
        self.start_central()
        for edge in (self.edge, self.borrower):
            self.wait_until("the log to be proven", lambda: (
                edge.status()["log_entries"] == edge.status()["log_entries_proven"]))
        cases = self.central.cases()
        self.assertEqual([case["kind"] for case in cases], ["CASE_KIND_TRANSFER_DIFFERENCE"])
        self.assertEqual(cases[0]["blank"], lent[-1])
        self.supervisor.stop([self.borrower_process])
        self.stop_edge()
        self.stop_central()
        code, report, errors = self.keping(
            "verify", "--json", "--edge", self.path("edge"), "--edge", self.path("borrower"),
            "--central", self.path("central"), "--keys", self.path("edge-keys"))
        self.assertEqual(code, 0, errors + report)

    def test_a_request_proves_who_asks(self):
        self.start_two_offices()
        self.ask_for_blanks()
        number = self.lend(self.office.stock[:1])
        request = self.stick("request.kbundle")
        with open(request, "rb") as file:
            good = file.read()

        self.assertIn("K-268", self.make_slip("susut-none", accept=(1, 3)))
        with open(request, "wb") as file:
            file.write(good.replace(b"sender bangli", b"sender dinas1", 1))
        self.assertRegex(self.make_slip(number, accept=(1, 3)), "K-24[567]")
        with open(request, "wb") as file:
            file.write(good)
        # The lender's own request does not name the borrower's key.
        self.bundle("lender", "export", "--borrow-from", BORROWER.node, "--to",
                    self.stick("other.kbundle"))
        os.replace(self.stick("other.kbundle"), request)
        self.assertIn("K-246", self.make_slip(number, accept=(1, 3)))
        with open(request, "wb") as file:
            file.write(good)
        self.make_slip(number)


if __name__ == "__main__":
    unittest.main()
