"""The world around the console: a nation, a centre, and two offices with a printer each that have printed
some cards, one of them twice. All real programs.

    console_world.py FOLDER BIN      as commands.py says: the methods of ConsoleWorld without an underscore
"""

import os
import sys
from types import SimpleNamespace

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(1, os.path.join(ROOT, "deploy", "bangli", "working_day"))

from commands import serve  # noqa: E402
from district import District, Folders  # noqa: E402
from places import APPLICATION_VERSION, Place, operator_of  # noqa: E402
from supervisor import Supervisor  # noqa: E402

ASKED = Place("susut", "Susut", "51.06.01")
OTHER = Place("dinas", "Dinas", "")  # takes a share of every kecamatan
PRRS = 120
BLANKS = 20
CARDS = 3
CARDS_PER_DAY = 10
SECONDS = 60


class ConsoleWorld:
    def __init__(self, folder, programs):
        folders = Folders(os.path.join(folder, "d"), os.path.join(folder, "run"))
        os.makedirs(folders.sockets, exist_ok=True)
        self._supervisor = Supervisor(folders.logs)
        self._district = District(self._supervisor, ROOT, programs, folders,
                                  SimpleNamespace(seed=7, prrs=PRRS, cards=CARDS_PER_DAY),
                                  [ASKED, OTHER])
        self._central = self._district.central

    # ---- Commands.

    def start(self):
        """Returns where the console is and the administrator's first password, and what was printed
        twice."""
        self._district.start(lambda _: None)
        self._wait("the records", lambda: int(self._central.status()["prrs_leased"]) == PRRS)
        self._wait("the allotment", lambda: int(self._central.status()["blanks_allotted"]) > 0)
        for node, office in self._district.offices.items():
            self._central.certify(operator_of(node), node, APPLICATION_VERSION)
            self._central.dispatch(node, BLANKS)
            self._wait("the dispatch", office.edge.transfers)
            office.receive_blanks(self._district.folders.scans(node))
            self._wait_for_feed(node)
            for _ in range(CARDS):
                office.print_card()
        prr = self._print_twice()
        url, officer, password = self._district.console_account()
        return {"url": url, "officer": officer, "first_password": password, "prr": prr,
                "blank": self._district.offices[ASKED.node].stock[0]}

    def kill_node(self, node):
        self._district.kill(node)

    def start_node(self, node):
        self._district.start_node(node)

    def print_apart(self, node):
        """A card is printed while the link is cut."""
        office = self._district.offices[node]
        self._district.links[node].cut()
        self._wait("the cut", lambda: not office.edge.status()["connected"])
        office.print_card()

    def heal_link(self, node):
        self._district.links[node].heal()

    def wait_for_claims(self, node):
        self._wait("the claims", lambda: any(
            entry.get("signed") for stream in self._central.claims() if stream["node"] == node
            for entry in stream.get("claims", [])))

    def cases(self):
        return self._central.cases()

    def wait_for_transfer(self, node, transfer):
        edge = self._district.offices[node].edge
        self._wait("the transfer", lambda: any(one["transfer"] == transfer for one in edge.transfers()))

    def stop(self):
        self._supervisor.stop_all()

    # ---- The rest.

    def _wait(self, what, condition):
        return self._supervisor.wait_until(what, condition, SECONDS)

    def _wait_for_feed(self, node):
        def fed():
            at = self._central.nodes()[node]
            return at["connected"] and at["feed_position"] == at["feed_head"]
        self._wait("the feed", fed)

    def _print_twice(self):
        """The lease moves by force while its holder is out of reach: both print."""
        asked, other = (self._district.offices[place.node] for place in (ASKED, OTHER))
        prr = asked.edge.queue(1)[0]["prr"]
        link = self._district.links[ASKED.node]
        link.cut()
        self._wait("the cut", lambda: not asked.edge.status()["connected"])
        self._central.move_lease(prr, OTHER.node, force=True)
        self._wait_for_feed(OTHER.node)
        other.print_card(prr)
        asked.print_card(prr)
        link.heal()
        self._wait("the case", lambda: any(one["code"] == "K-201" for one in self._central.cases()))
        return prr


if __name__ == "__main__":
    serve(ConsoleWorld)
