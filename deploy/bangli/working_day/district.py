"""A whole district on this machine: its programs, their folders, keys and configurations.

    district = District(supervisor, root, programs, folders, options)
    district.start()
    district.central.status()
    district.offices["susut"].edge.status()
    district.kill("central"); district.start_node("central")
    district.stop_nodes()
"""

import concurrent.futures
import os

import configs
from devices import CardPrinter, Link, NationalServer
from keping import CentralApi, EdgeApi, Keping
from office import Office
from options import BLANKS_PER_OFFICE
from places import (APPLICATION_VERSION, DISTRICT, LETTERHEAD, OFFICES, SEAT, operator_of, printer_of,
                    villages)

ANY_PORT = "127.0.0.1:0"
ADMINISTRATOR = "kepala-bangli"
PAPERS = {"letterhead": LETTERHEAD, "place": SEAT}


class Folders:
    """Where everything lies. Sockets lie apart: their paths must be short."""

    def __init__(self, data, sockets):
        self.data = data
        self.sockets = sockets
        self.logs = self._make("logs")

    def _make(self, *names):
        path = os.path.join(self.data, *names)
        os.makedirs(path, exist_ok=True)
        return path

    def national_keys(self):
        return os.path.join(self.data, "national")

    def printer(self, node):
        return self._make("printers", node)

    def scans(self, node):
        return os.path.join(self._make("scans"), f"{node}.txt")

    def config(self, node):
        return os.path.join(self._make(node), f"{node}.textproto")

    def of_node(self, node):
        return {"data": os.path.join(self.data, node, "data"),
                "keys": os.path.join(self.data, node, "keys"),
                "socket": os.path.join(self.sockets, f"{node}.sock")}


class District:
    def __init__(self, supervisor, root, programs, folders, options, places=OFFICES):
        self.supervisor = supervisor
        self.folders = folders
        self._places = places
        self.blanks_per_office = max(BLANKS_PER_OFFICE, options.cards)
        self._root = root
        self._programs = programs
        self._options = options
        self._cards_per_day = options.cards  # of each printer
        self._keping = Keping(supervisor, self.program("keping"))
        self.national = None
        self.national_link = None
        self.central = CentralApi(self._keping, folders.of_node("central")["socket"])
        self.links = {}
        self.printers = {}
        self.offices = {}
        self.console = None  # the page of the district's console, a URL
        self.counters = {}  # the page of each office's counter, a URL
        self._processes = {}  # of the nodes, by id
        self._centre = {"sync": ANY_PORT, "enrolment": ANY_PORT}
        self._console_address = ANY_PORT

    def program(self, name):
        return os.path.join(self._programs, name)

    # ---- Coming up.

    def start(self, note):
        """Everything, with `note` called for each thing that stands."""
        with concurrent.futures.ThreadPoolExecutor() as pool:
            printers = {place.node: pool.submit(self._start_printer, place.node) for place in self._places}
            self.national = NationalServer(
                self.supervisor, self.program("keping-national-sim"), self.folders.national_keys(),
                self._options, self.blanks_per_office * len(self._places))
            note("national server")
            self.national_link = self._link("national", self.national.address)
            self._write_central_config()
            self.supervisor.run([*self._central_command(), "init"])
            self.start_central()
            note("central node")
            offices = {place.node: pool.submit(self._set_up_office, place, printers[place.node], note)
                       for place in self._places}
            self.offices = {node: office.result() for node, office in offices.items()}

    def _link(self, name, target):
        return Link(self.supervisor, self._root, name, target, self.folders.sockets)

    def _start_printer(self, node):
        self.printers[node] = CardPrinter(self.supervisor, self._root, printer_of(node),
                                          self.folders.printer(node))

    def _set_up_office(self, place, printer, note):
        """Enrols the node with a one-time code, then starts it behind a link. Returns the Office."""
        node = place.node
        self.links[node] = self._link(node, self._centre["sync"])
        printer.result()
        self._write_edge_config(place)
        code, fingerprint = self.central.enrolment_code(node)
        self.supervisor.run([*self._edge_command(node), "enrol", "--code", code, "--fingerprint",
                             fingerprint])
        edge = EdgeApi(self._keping, self.folders.of_node(node)["socket"], operator_of(node))
        self.start_edge(node)
        note(place.name)
        return Office(place, edge, self.printers[node], self.supervisor)

    def _write_central_config(self):
        national = {"address": self.national_link.address, "server_name": "national",
                    "keys": self.national.keys}
        _write(self.folders.config("central"), configs.central_config(
            DISTRICT, self.folders.of_node("central"), self._places, national, self._cards_per_day,
            self._centre, console={"listen_loopback": self._console_address}, papers=PAPERS,
            villages=[{"code": code, "name": name} for code, name in villages()]))

    def _write_edge_config(self, place):
        centre = {"sync": self.links[place.node].address, "enrolment": self._centre["enrolment"]}
        printer = {"id": printer_of(place.node), "uri": self.printers[place.node].uri,
                   "cards_per_day": self._cards_per_day, "application_version": APPLICATION_VERSION}
        _write(self.folders.config(place.node), configs.edge_config(
            place, self.folders.of_node(place.node), centre, printer,
            counter={"listen_loopback": ANY_PORT}, papers=PAPERS))

    def _central_command(self):
        return [self.program("keping-central"), "--config", self.folders.config("central")]

    def _edge_command(self, node):
        return [self.program("keping-edge"), "--config", self.folders.config(node)]

    # ---- Single nodes.

    def start_central(self):
        process = self.supervisor.start("central", self._central_command())
        self._processes["central"] = process
        said = dict(part.split("=", 1) for part in process.ready.split() if "=" in part)
        # A centre that starts again must be found where it was.
        self._centre = {"sync": said["sync"], "enrolment": said["enrolment"]}
        self.console = said["console"]
        self._console_address = self.console.removeprefix("http://")
        self._write_central_config()

    def start_edge(self, node):
        process = self.supervisor.start(node, self._edge_command(node))
        self._processes[node] = process
        self.counters[node] = process.ready.partition(" counter=")[2]

    def start_node(self, node):
        if node == "central":
            self.start_central()
        else:
            self.start_edge(node)

    def kill(self, node):
        self.supervisor.kill(self._processes.pop(node))

    def nodes(self):
        """The nodes that run, "central" among them."""
        return list(self._processes)

    def counter_account(self, node):
        """Where the counter's page of an office is, and with what its operator signs in there."""
        operator = operator_of(node)
        return self.counters[node], operator, self.central.first_password(operator, node)

    def console_account(self):
        """Where the console is, and with what its first administrator signs in there. From then on acts
        at the district want a session."""
        return self.console, ADMINISTRATOR, self.central.first_officer(ADMINISTRATOR)

    def stop_nodes(self):
        """The nodes, edges first; the world around them stays."""
        central = self._processes.pop("central")
        self.supervisor.stop(list(self._processes.values()))
        self._processes.clear()
        self.supervisor.stop([central])

    def double_duty(self):
        """Lets the printers print as many cards again today, once the nodes are started."""
        self._cards_per_day *= 2
        self._write_central_config()
        for place in self._places:
            self._write_edge_config(place)

    def start_nodes(self):
        self.start_central()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            list(pool.map(self.start_edge, self.offices))

    def verify(self, nodes=None):
        """What `keping verify` says about the stores of these nodes, or of all; they must be stopped."""
        nodes = nodes or ["central", *self.offices]
        edges = [self.folders.of_node(node)["data"] for node in nodes if node != "central"]
        keys = self.folders.of_node(self._places[0].node)["keys"]
        central = self.folders.of_node("central")["data"] if "central" in nodes else None
        return self._keping.verify(central, edges, keys)


def _write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
