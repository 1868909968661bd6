"""One office with two printers, its centre and its nation, as real programs on this machine.

    office = Office(supervisor, programs, folder, machine, seed, cards, prrs)
    office.start()
    office.edge(printer).print_card(blank)      # EdgeApi of deploy/bangli/working_day
    office.kill_node(); office.start_node()
"""

import os
import signal
import threading
from types import SimpleNamespace

import configs
import serials
from devices import CardPrinter, NationalServer, free_port
from keping import CentralApi, EdgeApi, Keping
from places import APPLICATION_VERSION, Place

import machine as machines

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PLACE = Place("kintamani", "Kintamani", "")
PRINTERS = ("kintamani-1", "kintamani-2")
ANY_PORT = "127.0.0.1:0"
# A printer without an answer for so long leaves its job in doubt.
JOB_TIMEOUT_SECONDS = 6
START_SECONDS = 60


class FragilePrinter(CardPrinter):
    """A virtual printer that keeps its address, so that it comes back after a power cut."""

    def _start(self):
        self._port = free_port()
        return self._start_at_port()

    def _start_at_port(self):
        return self._supervisor.start(self._name, [*self._command, "--port", str(self._port)],
                                      death_signal="TERM")

    def cut_power(self):
        """The printer forgets its jobs; what was in the mechanism stays there."""
        self.process.may_end = True
        self.process.popen.send_signal(signal.SIGUSR1)
        self.process.popen.wait()
        self._supervisor.stop([self.process])
        self.process = self._start_at_port()


class Office:
    def __init__(self, supervisor, programs, folder, machine, options):
        self.supervisor = supervisor
        self.machine = machine
        self.jobs_hit = set()  # acts of the jobs that were at a printer when the node died
        self.printers = {}
        self.stock = []
        self._programs = programs
        self._folder = folder
        self._options = options
        self._keping = Keping(supervisor, self._program("keping"))
        self._lock = threading.Lock()  # over the node's process
        self._node = None
        self._central = None

    def _program(self, name):
        return os.path.join(self._programs, name)

    def _path(self, *names):
        path = os.path.join(self._folder, *names)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def edge(self, printer):
        api = EdgeApi(self._keping, self._path("run", "edge.sock"), self._operator(printer))
        return api

    @staticmethod
    def _operator(printer):
        return f"op-{printer}"

    # ---- Coming up: a centre, records, blanks, people.

    def start(self):
        options = SimpleNamespace(seed=self._options.seed, prrs=self._options.prrs)
        national = NationalServer(self.supervisor, self._program("keping-national-sim"),
                                  self._path("national"), options, self._options.blanks)
        said = self._start_central(national)
        for name in PRINTERS:
            self.printers[name] = FragilePrinter(self.supervisor, ROOT, name,
                                                 os.path.dirname(self._path("printers", name, "x")))
        self._write("edge", self._edge_config(said))
        central = CentralApi(self._keping, self._path("run", "central.sock"))
        code, fingerprint = central.enrolment_code(PLACE.node)
        self.supervisor.run([*self._edge_command(), "enrol", "--code", code, "--fingerprint",
                             fingerprint])
        self.start_node()
        self._wait("the allotment", lambda: int(central.status()["blanks_allotted"]) > 0)
        for name in PRINTERS:
            central.certify(self._operator(name), PLACE.node, APPLICATION_VERSION)
        central.dispatch(PLACE.node, self._options.blanks)
        self._receive()

    def _start_central(self, national):
        folders = {"data": self._path("central", "data"), "keys": self._path("central", "keys"),
                   "socket": self._path("run", "central.sock")}
        link = {"address": national.address, "server_name": "national", "keys": national.keys}
        self._write("central", configs.central_config(
            "bangli", folders, [PLACE], link, self._options.duty,
            {"sync": ANY_PORT, "enrolment": ANY_PORT}))
        command = [self._program("keping-central"), "--config", self._path("central.textproto")]
        self.supervisor.run([*command, "init"])
        self._central = self.supervisor.start("central", command)
        return dict(part.split("=", 1) for part in self._central.ready.split() if "=" in part)

    def _edge_config(self, centre):
        return configs.text_proto({
            "node_id": PLACE.node,
            "office_name": PLACE.name,
            "data_dir": self._data(),
            "keys_dir": self._path("edge-keys"),
            "centre_address": centre["sync"],
            "centre_enrolment_address": centre["enrolment"],
            "api_socket": self._path("run", "edge.sock"),
            "printers": [{"printer_id": name, "uri": self.printers[name].uri,
                          "cards_per_day": self._options.duty,
                          "job_timeout_seconds": JOB_TIMEOUT_SECONDS} for name in PRINTERS],
            "application_version": APPLICATION_VERSION,
            "utc_offset_minutes": configs.WITA_OFFSET_MINUTES,
            "disk_reserve_mb": machines.RESERVE_MB,
            "specimen": True,
        })

    def _write(self, name, text):
        with open(self._path(f"{name}.textproto"), "w", encoding="utf-8") as file:
            file.write(text)

    def _edge_command(self):
        return [self._program("keping-edge"), "--config", self._path("edge.textproto")]

    def _receive(self):
        edge = self.edge(PRINTERS[0])
        transfer = self._wait("the blanks to be dispatched", edge.transfers)[0]
        scans = self._path("scans.txt")
        with open(scans, "w", encoding="utf-8") as file:
            file.write(transfer["serials"] + "\n")
        edge.receive(transfer["transfer"], scans)
        self.stock = serials.expand(transfer["serials"])
        wanted = 2 * self._options.duty
        self._wait("the records to arrive", lambda: len(edge.queue(500)) >= min(wanted, 500))

    def _wait(self, what, condition, seconds=START_SECONDS):
        return self.supervisor.wait_until(what, condition, seconds)

    # ---- The node's process.

    def start_node(self):
        with self._lock:
            self._node = self._spawn_node()

    def kill_node(self):
        """SIGKILL at this moment, then a new start."""
        self.kill_node_after(lambda: None)

    def kill_node_after(self, before_start):
        """SIGKILL, unless the node gave up by itself; `before_start`; then a new start."""
        with self._lock:
            self.supervisor.kill(self._node)
            before_start()
            self.jobs_hit.update(self._edge_store().get("jobs_at_printer", []))
            self._node = self._spawn_node()

    def has_ended(self):
        return not self._node.is_running()

    def expect_end(self):
        """From here the node may give up by itself, which is otherwise a failure of the day."""
        self._node.may_end = True

    @property
    def pid(self):
        return self._node.pid

    def _spawn_node(self):
        return self.supervisor.start("edge", self.machine.wrap(self._edge_command()))

    def stop(self):
        with self._lock:
            self.supervisor.stop([self._node])
            self.supervisor.stop([self._central])

    def _edge_store(self):
        """What `keping verify` says of the stopped node's store."""
        return self._keping.verify(None, [self._data()], self._path("edge-keys"))["stores"][0]

    def _data(self):
        return os.path.join(self.machine.disk, "data")

    def verify(self):
        return self._keping.verify(self._path("central", "data"), [self._data()],
                                   self._path("edge-keys"))
