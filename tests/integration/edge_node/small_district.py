"""A district with one office, of real programs: national simulator, centre, edge node, IPP printer.

    class MyTest(SmallDistrictTest):
        EDGE_CONFIG = 'mirror_dir: "stick"\n'
        def test_something(self):
            self.start_office()              # enrolled, certified, records and blanks received
            self.print_card()                # on the next blank; returns the act
            self.kill_edge(); self.start_edge()
            self.keping("edge", "status")    # (exit code, output, errors)
            self.officer("made", "administrator")   # signed in: later commands say --by made
"""

import csv
import json
import os
import sys
import tempfile
import types
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.path.insert(0, os.path.join(ROOT, "deploy", "bangli", "working_day"))

import configs  # noqa: E402
from devices import CardPrinter, NationalServer  # noqa: E402
from failure import Failure  # noqa: E402
from keping import CentralApi, EdgeApi, Keping  # noqa: E402
from office import Office  # noqa: E402
from places import APPLICATION_VERSION, DISTRICT, OFFICES, operator_of, printer_of  # noqa: E402
from supervisor import Supervisor  # noqa: E402

BIN = os.environ["KEPING_BIN"]
PLACE = OFFICES[0]
NODE = PLACE.node
PATIENCE = 90  # seconds until a test that hangs fails; nothing waits for it to pass
SEED = 5
ANY_PORT = "127.0.0.1:0"
OFFICER_PASSWORD = "kopi bangli 2017"


class SmallDistrictTest(unittest.TestCase):
    PRRS = 30
    BLANKS = 20
    DISPATCHED = 20  # of them, in one delivery
    CARDS_PER_DAY = 20
    # More flags of the national server.
    NATIONAL_FLAGS = []
    # More lines of the edge node's configuration.
    EDGE_CONFIG = ""
    # What keping-edge is run under: a list of words before its command.
    EDGE_WRAPPER = []

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.logs = self.make_folder("logs")
        self.supervisor = Supervisor(self.logs)
        self.addCleanup(self.supervisor.stop_all)
        self._keping = Keping(self.supervisor, self.program("keping"))
        self.central = CentralApi(self._keping, self.path("central.sock"))
        self.edge = EdgeApi(self._keping, self.path("edge.sock"), operator_of(NODE))
        self.centre_addresses = {"sync": ANY_PORT, "enrolment": ANY_PORT}
        self.edge_process = None
        self.administrator = None
        # Where the command keeps its sessions.
        before = os.environ.get("XDG_RUNTIME_DIR")
        os.environ["XDG_RUNTIME_DIR"] = self.make_folder("runtime")
        self.addCleanup(self.restore_runtime_folder, before)

    @staticmethod
    def restore_runtime_folder(before):
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before

    # ---- Files.

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def make_folder(self, *names):
        os.makedirs(self.path(*names), exist_ok=True)
        return self.path(*names)

    def program(self, name):
        return os.path.join(BIN, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    # ---- The district comes up.

    def start_district(self):
        options = types.SimpleNamespace(seed=SEED, prrs=self.PRRS)
        self.national = NationalServer(self.supervisor, self.program("keping-national-sim"),
                                       self.path("national"), options, self.BLANKS,
                                       *self.NATIONAL_FLAGS)
        self.write_central_config()
        self.supervisor.run([*self.central_command(), "init"])
        self.start_central()
        self.printer = CardPrinter(self.supervisor, ROOT, printer_of(NODE), self.make_folder("printer"))

    def write_central_config(self):
        national = {"address": self.national.address, "server_name": "national",
                    "keys": self.national.keys}
        folders = {"data": self.path("central"), "keys": self.path("central-keys"),
                   "socket": self.path("central.sock")}
        # Every record belongs to this office: it is the district's own.
        place = PLACE._replace(kecamatan_code="")
        self.write("central.textproto", configs.central_config(
            DISTRICT, folders, [place], national, self.CARDS_PER_DAY, self.centre_addresses)
            + f'log_file: "{self.path("logs", "central-program.log")}"\n')

    def central_command(self):
        return [self.program("keping-central"), "--config", self.path("central.textproto")]

    def start_central(self):
        self.central_process = self.supervisor.start("central", self.central_command())
        said = dict(part.split("=", 1) for part in self.central_process.ready.split() if "=" in part)
        # A centre that starts again must be found where it was.
        self.centre_addresses = {"sync": said["sync"], "enrolment": said["enrolment"]}
        self.write_central_config()

    def stop_central(self):
        self.supervisor.stop([self.central_process])

    def enrol(self):
        self.write_edge_config()
        code, fingerprint = self.central.enrolment_code(NODE)
        self.supervisor.run([*self.edge_command(), "enrol", "--code", code, "--fingerprint",
                             fingerprint])

    def write_edge_config(self, more="", version=APPLICATION_VERSION):
        folders = {"data": self.path("edge"), "keys": self.path("edge-keys"),
                   "socket": self.path("edge.sock")}
        printer = {"id": printer_of(NODE), "uri": self.printer.uri,
                   "cards_per_day": self.CARDS_PER_DAY, "application_version": version}
        self.edge_config = self.write("edge.textproto", configs.edge_config(
            PLACE, folders, self.centre_addresses, printer)
            + f'log_file: "{self.path("logs", "edge-program.log")}"\n' + self.EDGE_CONFIG + more)

    def edge_command(self):
        return [self.program("keping-edge"), "--config", self.path("edge.textproto")]

    # ---- The node.

    def start_edge(self):
        self.edge_process = self.supervisor.start("edge", [*self.EDGE_WRAPPER, *self.edge_command()])
        # Until it has asked its printer it prints nothing.
        self.wait_until("the printer to be seen",
                        lambda: self.edge.status()["printers"][0]["state"] != "unreachable")

    def kill_edge(self):
        self.supervisor.kill(self.edge_process)

    def stop_edge(self):
        self.supervisor.stop([self.edge_process])

    def edge_ends_by_itself(self):
        """Waits for the end of a node that has a reason to; returns (exit code, standard error)."""
        self.edge_process.may_end = True
        code = self.edge_process.popen.wait(PATIENCE)
        self.supervisor._forget(self.edge_process)
        with open(self.edge_process.log, encoding="utf-8", errors="replace") as file:
            return code, file.read()

    def run_edge(self, *arguments):
        """A run of keping-edge to its end: (exit code, output, errors)."""
        return self.supervisor.run([*self.edge_command(), *arguments], accept=range(256))

    def wait_until(self, what, condition):
        return self.supervisor.wait_until(what, condition, PATIENCE)

    def start_office(self):
        """To the point where the next card can be printed."""
        self.start_district()
        self.enrol()
        self.start_edge()
        self.office = Office(PLACE, self.edge, self.printer, self.supervisor)
        self.central.certify(operator_of(NODE), NODE, APPLICATION_VERSION)
        self.wait_until("the allotment",
                        lambda: int(self.central.status()["blanks_allotted"]) == self.BLANKS)
        self.central.dispatch(NODE, self.DISPATCHED)
        self.wait_until("the blanks to be on their way", self.edge.transfers)
        self.office.receive_blanks(self.path("scans.txt"))
        self.wait_for_records()

    def wait_for_records(self):
        self.wait_until("the records",
                        lambda: int(self.edge.status()["prrs_printable"]) >= self.PRRS
                        - len(self.office.seen.prrs))

    def print_card(self):
        self.office.print_card()

    def log_is_proven(self):
        status = self.edge.status()
        return status["log_entries"] == status["log_entries_proven"]

    def age_certificate(self, hours_left):
        """Gives the stopped node a certificate that is two years old, with so many hours left."""
        self.supervisor.run([os.path.join(os.environ["KEPING_BUILD"], "tests",
                                          "keping_aged_certificate"),
                             self.path("central-keys"), self.path("edge-keys"), NODE,
                             str(hours_left)])

    def print_without_link(self, cards):
        """Prints at a node that knows no centre, and stops it again."""
        addresses = self.centre_addresses
        self.stop_edge()
        self.centre_addresses = {"sync": "127.0.0.1:1", "enrolment": "127.0.0.1:1"}
        self.write_edge_config()
        self.start_edge()
        for _ in range(cards):
            self.print_card()
        self.stop_edge()
        self.centre_addresses = addresses
        self.write_edge_config()

    # ---- The command.

    def keping(self, *arguments, accept=range(256), typed=None):
        return self.supervisor.run([self.program("keping"), *arguments], accept=accept, typed=typed)

    # ---- The district's people.

    def officer(self, name, role):
        """Puts an officer on the district's roster, who chooses OFFICER_PASSWORD and is signed in. The
        first one is an administrator, and puts the others there."""
        by = ["--by", self.administrator] if self.administrator else []
        socket = ["--socket", self.path("central.sock")]
        _, said, _ = self.keping("central", "officer", "set", name, "--role", role, *by, "--json",
                                 *socket, accept=(0,))
        self.administrator = self.administrator or name
        first = json.loads(said)["first_password"]
        self.sign_in_officer(name, f"{first}\n{OFFICER_PASSWORD}\n")

    def sign_in_officer(self, name, typed=f"{OFFICER_PASSWORD}\n"):
        self.keping("central", "sign-in", name, "--socket", self.path("central.sock"), accept=(0,),
                    typed=typed)

    # ---- The people whose records these are.

    def people(self):
        """What the national server knows: one dict a record, with `picture` as bytes."""
        out = self.path("people")
        self.supervisor.run([self.program("keping-bangli"), "--out", out, "--seed", str(SEED),
                             "--count", str(self.PRRS)])
        with open(os.path.join(out, "records.csv"), encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            with open(os.path.join(out, "pictures", row["prr"] + ".png"), "rb") as picture:
                row["picture"] = picture.read()
        return rows
