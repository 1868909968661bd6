"""One office at the near end of a line and its district at the far end, as real programs.

    office = FarOffice(supervisor, line, programs, folder, cards=20, prrs=40)
    office.start()                       # enrolled; records and blanks on their way
    office.print_cards(20)
    office.await_proven(seconds=60)
    office.counts()                      # what the sessions carried, as the node wrote it in its log
"""

import os
import signal
from types import SimpleNamespace

import configs
import office as counter
from devices import CardPrinter, NationalServer
from keping import CentralApi, EdgeApi, Keping
from places import APPLICATION_VERSION, Place, operator_of, printer_of

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PLACE = Place("kintamani", "Kintamani", "")
SETUP_SECONDS = 120
SEED = 5


class AtEnd:
    """A supervisor whose programs run at one end of the line."""

    def __init__(self, supervisor, line, end):
        self._supervisor = supervisor
        self._line = line
        self._end = end

    def start(self, name, command, **options):
        return self._supervisor.start(name, self._line.at(self._end, command), **options)

    def run(self, command, **options):
        return self._supervisor.run(self._line.at(self._end, command), **options)

    def __getattr__(self, name):
        return getattr(self._supervisor, name)


class FarOffice:
    def __init__(self, supervisor, line, programs, folder, cards, prrs):
        self._supervisor = supervisor
        self._near = AtEnd(supervisor, line, "near")
        self._far = AtEnd(supervisor, line, "far")
        self._line = line
        self._programs = programs
        self._folder = folder
        self._cards = cards
        self._prrs = prrs
        self._keping = Keping(supervisor, self._program("keping"))
        self._central_api = CentralApi(self._keping, self._path("run", "central.sock"))
        self.edge = EdgeApi(self._keping, self._path("run", "edge.sock"), operator_of(PLACE.node))

    def _program(self, name):
        return os.path.join(self._programs, name)

    def _path(self, *names):
        path = os.path.join(self._folder, *names)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    # ---- Coming up.

    def start(self):
        """The line carries the enrolment and, from then on, what the district has for the office."""
        options = SimpleNamespace(seed=SEED, prrs=self._prrs)
        national = NationalServer(self._far, self._program("keping-national-sim"),
                                  self._path("national"), options, self._cards)
        centre = self._start_central(national)
        printer = CardPrinter(self._near, ROOT, printer_of(PLACE.node),
                              os.path.dirname(self._path("printer", "x")))
        self._counter = counter.Office(PLACE, self.edge, printer, self._supervisor)
        self._write_edge_config(printer, centre)
        self._wait("the allotment",
                   lambda: int(self._central_api.status()["blanks_allotted"]) == self._cards)
        code, fingerprint = self._central_api.enrolment_code(PLACE.node)
        self._near.run([*self._edge_command(), "enrol", "--code", code, "--fingerprint", fingerprint])
        self._central_api.certify(operator_of(PLACE.node), PLACE.node, APPLICATION_VERSION)
        self._central_api.dispatch(PLACE.node, self._cards)
        self._node = self._near.start("edge", self._edge_command())

    def _start_central(self, national):
        folders = {"data": self._path("central", "data"), "keys": self._path("central", "keys"),
                   "socket": self._path("run", "central.sock")}
        link = {"address": national.address, "server_name": "national", "keys": national.keys}
        any_port = f"{self._line.FAR}:0"
        self._write("central", configs.central_config(
            "bangli", folders, [PLACE], link, self._cards,
            {"sync": any_port, "enrolment": any_port}))
        command = [self._program("keping-central"), "--config", self._path("central.textproto")]
        self._far.run([*command, "init"])
        self._central = self._far.start("central", command)
        return dict(part.split("=", 1) for part in self._central.ready.split() if "=" in part)

    def _write_edge_config(self, printer, centre):
        folders = {"data": self._path("edge", "data"), "keys": self._path("edge", "keys"),
                   "socket": self._path("run", "edge.sock")}
        self._log = self._path("logs", "edge-program.log")
        self._write("edge", configs.edge_config(
            PLACE, folders, centre,
            {"id": printer_of(PLACE.node), "uri": printer.uri, "cards_per_day": self._cards,
             "application_version": APPLICATION_VERSION}) + f'log_file: "{self._log}"\n')

    def _edge_command(self):
        return [self._program("keping-edge"), "--config", self._path("edge.textproto")]

    def _write(self, name, text):
        with open(self._path(f"{name}.textproto"), "w", encoding="utf-8") as file:
            file.write(text)

    def _wait(self, what, condition, seconds=SETUP_SECONDS):
        return self._supervisor.wait_until(what, condition, seconds)

    # ---- A day.

    def await_records(self, seconds):
        self._wait("all records",
                   lambda: int(self.edge.status()["prrs_printable"]) >= self._prrs, seconds)

    def receive_blanks(self):
        self._wait("the blanks to be on their way", self.edge.transfers)
        self._counter.receive_blanks(self._path("scans.txt"))

    def print_cards(self, count):
        for _ in range(count):
            self._counter.print_card()

    def await_proven(self, seconds):
        self._wait("the log to be proven", self._proven, seconds)

    def _proven(self):
        status = self.edge.status()
        return status["log_entries"] == status["log_entries_proven"]

    def log_entries(self):
        return int(self.edge.status()["log_entries"])

    def counts(self):
        """Sums at the end of the last session that ended: sessions, entries_sent, entries_unanswered."""
        last = {}
        with open(self._log, encoding="utf-8") as file:
            for line in file:
                if "event=sync_session_counts " in line:
                    last = dict(word.split("=", 1) for word in line.split() if "=" in word)
        return {name: int(last.get(name, 0))
                for name in ("sessions", "entries_sent", "entries_unanswered")}

    def await_counts_after(self, sessions):
        """After the line was cut: until the node has noticed that one more session ended."""
        self._wait("the node to notice the cut", lambda: self.counts()["sessions"] > sessions)

    # ---- A partition: nobody at the far end runs.

    def stop_centre(self):
        os.kill(self._central.pid, signal.SIGSTOP)

    def go_on_with_centre(self):
        os.kill(self._central.pid, signal.SIGCONT)

    # ---- The evening.

    def verify(self):
        self._supervisor.stop([self._node, self._central])
        return self._keping.verify(self._path("central", "data"),
                                   [self._path("edge", "data")],
                                   self._path("edge", "keys"))
