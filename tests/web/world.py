"""The world around the counter's page, for a test in another language: a nation, a centre, one office
with a printer that works and one that nobody can reach, and a link that can be cut. All real programs.

    world.py FOLDER BIN      as commands.py says: the methods of World without an underscore
"""

import os
import socket
import subprocess
import sys
from types import SimpleNamespace

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(1, os.path.join(ROOT, "deploy", "bangli", "working_day"))

import configs  # noqa: E402
from commands import serve  # noqa: E402
from devices import CardPrinter, Link, NationalServer  # noqa: E402
from keping import CentralApi, EdgeApi, Keping  # noqa: E402
from places import APPLICATION_VERSION, Place  # noqa: E402
from supervisor import Supervisor  # noqa: E402

PLACE = Place("susut", "Susut", "")
OPERATOR = "op-susut"
SUPERVISOR = "spv-susut"
PRINTER = "susut-1"
ABSENT_PRINTER = "susut-2"
PRRS = 120
BLANKS = 40
CARDS_PER_DAY = 4
ANY_PORT = "127.0.0.1:0"
SECONDS = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class CardReader:
    """Debian's virtual reader, on a pcscd of its own."""

    def __init__(self):
        program = os.path.join(os.environ["KEPING_BUILD"], "tests", "keping_hold_chips")
        self._process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         text=True)
        self.socket = self._process.stdout.readline().strip()

    def hold(self, chip):
        self._process.stdin.write(f"{chip}\n")
        self._process.stdin.flush()
        self._process.stdout.readline()

    def end(self):
        self._process.stdin.close()
        self._process.wait(SECONDS)


class World:
    def __init__(self, folder, programs):
        self._folder = folder
        self._programs = programs
        self._supervisor = Supervisor(self._path("logs", ""))
        self._keping = Keping(self._supervisor, self._program("keping"))
        self._central = CentralApi(self._keping, self._path("run", "central.sock"))
        self._edge = EdgeApi(self._keping, self._path("run", "edge.sock"), OPERATOR)
        self._port = free_port()  # kept, so that a page finds the node again
        self._tls_port = free_port()
        self._national = self._printer = self._link = self._node = self._reader = None
        self._cards_per_day = CARDS_PER_DAY

    # ---- Commands.

    def start(self, cards_per_day=CARDS_PER_DAY):
        """Everything but blanks and a certificate; returns where the page is and the operator's first
        password."""
        self._cards_per_day = cards_per_day
        options = SimpleNamespace(seed=7, prrs=PRRS)
        self._national = NationalServer(self._supervisor, self._program("keping-national-sim"),
                                        self._path("national"), options, BLANKS * 2)
        self._printer = CardPrinter(self._supervisor, ROOT, PRINTER, self._path("printer", ""))
        centre = self._start_central()
        self._link = Link(self._supervisor, ROOT, "link", centre["sync"], self._path("run", ""))
        self._write_edge_config({"sync": self._link.address, "enrolment": centre["enrolment"]})
        code, fingerprint = self._central.enrolment_code(PLACE.node)
        self._supervisor.run([*self._edge_command(), "enrol", "--code", code, "--fingerprint",
                              fingerprint])
        password = self._central.first_password(OPERATOR, PLACE.node)
        self.start_node()
        self._wait("the allotment", lambda: int(self._central.status()["blanks_allotted"]) > 0)
        self._wait("the records", lambda: int(self.status()["prrs_printable"]) == PRRS)
        return {"url": f"http://127.0.0.1:{self._port}", "operator": OPERATOR,
                "first_password": password, "tls_port": self._tls_port,
                "authority": self._path("edge", "keys", "ca.pem")}

    def start_node(self):
        if self._reader is None:
            self._reader = CardReader()
        self._node = self._supervisor.start(
            "edge", ["env", f"PCSCLITE_CSOCK_NAME={self._reader.socket}", *self._edge_command()])

    def kill_node(self):
        self._supervisor.kill(self._node)

    def stop_node(self):
        self._supervisor.stop([self._node])

    def certify(self):
        self._central.certify(OPERATOR, PLACE.node, APPLICATION_VERSION)
        self._wait_for_feed()

    def add_supervisor(self):
        """Returns the id and the first password."""
        password = self._central.first_password(SUPERVISOR, PLACE.node, role="supervisor")
        self._wait_for_feed()
        return {"supervisor": SUPERVISOR, "first_password": password}

    def dispatch(self):
        """Returns the serials on their way, as the delivery note says them."""
        self._central.dispatch(PLACE.node, BLANKS)
        self._wait_for_feed()
        return [one for one in self._edge.transfers() if not one["received"]][0]

    def cut_link(self):
        self._link.cut()
        self._wait("the cut", lambda: not self.status()["connected"])

    def heal_link(self):
        self._link.heal()
        self._wait("the link", lambda: self.status()["connected"])

    def wait_for_proof(self):
        def proven():
            status = self.status()
            return status["log_entries"] == status["log_entries_proven"]
        self._wait("the proof", proven)

    def carry_log(self, path):
        """As a person with a stick does it: the district takes the office's log, and answers."""
        answer = self._path("stick", "answer.kbundle")
        self._supervisor.run([self._program("keping"), "bundle", "import", path, "--answer", answer,
                              "--socket", self._path("run", "central.sock")])
        return {"answer": answer}

    def withdraw(self, prr):
        self._national.withdraw(prr)
        self._wait("the withdrawal", lambda: int(self._central.status()["prrs_withdrawn"]) > 0)

    def wait_for_order(self):
        self._wait("the order", lambda: int(self.status()["actions_waiting"]) > 0)

    def hold_card(self):
        """As CardPrinter.hold."""
        self._printer.hold()

    def printer_fails(self):
        self._printer.fail()

    def printer_hangs(self):
        self._printer.hang()

    def print_normally(self):
        self._printer.print_normally()

    def wait_for_job_at_printer(self, act):
        self._wait("the job", lambda: act in self._printer.started_jobs())

    def wait_for_card(self, act):
        self._wait("the card", lambda: act in self._printer.finished_cards())

    def nik(self, act):
        return self._printer.read_nik(act)

    def hold(self, chip):
        """Holds a chip to the reader at the node."""
        self._reader.hold(chip)

    def status(self):
        return self._edge.status()

    def compare_head(self, log, seq, code):
        return self._central.compare_head(log, seq, code)

    def queue(self):
        return self._edge.queue(5)

    def jobs(self):
        return self._edge.jobs()

    def cases(self):
        return self._central.cases()

    def stop(self):
        self._supervisor.stop_all()
        if self._reader is not None:
            self._reader.end()

    # ---- The rest.

    def _program(self, name):
        return os.path.join(self._programs, name)

    def _path(self, *names):
        path = os.path.join(self._folder, *names)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def _wait(self, what, condition):
        self._supervisor.wait_until(what, condition, SECONDS)

    def _wait_for_feed(self):
        def fed():
            node = self._central.nodes()[PLACE.node]
            return node["connected"] and node["feed_position"] == node["feed_head"]
        self._wait("the feed", fed)

    def _folders(self, node):
        return {"data": self._path(node, "data"), "keys": self._path(node, "keys"),
                "socket": self._path("run", f"{node}.sock")}

    def _start_central(self):
        national = {"address": self._national.address, "server_name": "national",
                    "keys": self._national.keys}
        config = self._path("central", "central.textproto")
        self._write(config, configs.central_config(
            "bangli", self._folders("central"), [PLACE], national, self._cards_per_day,
            {"sync": ANY_PORT, "enrolment": ANY_PORT}))
        command = [self._program("keping-central"), "--config", config]
        self._supervisor.run([*command, "init"])
        process = self._supervisor.start("central", command)
        return dict(part.split("=", 1) for part in process.ready.split() if "=" in part)

    def _edge_command(self):
        return [self._program("keping-edge"), "--config", self._path("edge", "edge.textproto")]

    def _write_edge_config(self, centre):
        printer = {"id": PRINTER, "uri": self._printer.uri, "cards_per_day": self._cards_per_day,
                   "application_version": APPLICATION_VERSION}
        counter = {"listen_loopback": f"127.0.0.1:{self._port}", "listen": f"0.0.0.0:{self._tls_port}"}
        text = configs.edge_config(PLACE, self._folders("edge"), centre, printer, counter=counter)
        text += configs.text_proto({
            "printers": [{"printer_id": ABSENT_PRINTER,
                          "uri": f"ipp://127.0.0.1:{free_port()}/ipp/print",
                          "cards_per_day": self._cards_per_day}],
            # One that types the last byte first, one at the node that is not plugged in, and one that is.
            "readers": [{"counter": "loket-1", "reversed": True},
                        {"counter": "loket-2", "pcsc": "Nobody's reader"},
                        {"counter": "loket-3", "pcsc": "Virtual PCD"}]})
        self._write(self._path("edge", "edge.textproto"), text)

    @staticmethod
    def _write(path, text):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    serve(World)
