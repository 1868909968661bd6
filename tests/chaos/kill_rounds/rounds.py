"""A district under SIGKILL: a round is work, kills, a new start, and the proof that
nothing is lost and nothing happened twice.

    rounds = Rounds(chosen, seed, folders, supervisor)
    rounds.open()
    report = rounds.play(7)
    report["differences"]        # sentences; none in a good round
"""

import collections
import concurrent.futures
import random
import threading

import figures
from district import District
from failure import Cancelled, Failure
from moment import Moment
from places import OFFICES
from reconciliation import Comparisons, compare_standing
from witness import Witness
from work import Clerk, Officer

# Two of a kecamatan and the district's own printer, so that every record has a home.
PLACES = [OFFICES[1], OFFICES[3], OFFICES[4]]
ARRIVAL_SECONDS = 240
# In a hundred: a node that has just come back is killed once more.
KILLED_AGAIN = 25


class Rounds:
    def __init__(self, chosen, root, folders, supervisor):
        self._seed = chosen.seed
        self._prrs = chosen.prrs
        self._supervisor = supervisor
        self._district = District(supervisor, root, chosen.bin, folders, chosen, PLACES)
        self._witness = Witness(self._district)
        self._stop = threading.Event()
        self._clerks = []
        self._officer = None
        self.kills = collections.Counter()  # of each node, in the middle of work
        self.evening_kills = 0
        self.cards = 0

    def open(self):
        """The district starts; its feed is still on its way to the offices."""
        self._district.start(lambda _: None)
        self._officer = Officer(self._district, self._seed)
        self._clerks = [Clerk(office, self._supervisor, self._district.folders.scans(node),
                              self._seed)
                        for node, office in self._district.offices.items()]
        self._supervisor.wait_until(
            "the allotment", lambda: int(self._district.central.status()["blanks_allotted"]) > 0,
            ARRIVAL_SECONDS)
        for node in self._district.offices:
            self._officer.open_office(node)

    def play(self, number):
        chance = random.Random(f"{self._seed}/{number}")
        moment = Moment(self._district, chance)
        self._stop.clear()
        self._witness.start()
        people = [*self._clerks, self._officer]
        with concurrent.futures.ThreadPoolExecutor(len(people)) as pool:
            work = [pool.submit(self._work, one) for one in people]
            try:
                moment.wait()
                killed, differences = self._kill_some(chance)
            finally:
                self._stop.set()
            for one in work:
                one.result()
        self._wait_for_proof()
        self._witness.stop()
        differences += self._compare()
        differences += self._evening(chance)
        return {"round": number, "moment": moment.name, "killed": killed,
                "acknowledged": self._witness.acknowledged(), "differences": differences}

    def close(self):
        self._witness.stop()

    def _work(self, one):
        while not self._stop.is_set():
            one.turn()

    # ---- Kills.

    def _kill_some(self, chance):
        """Some of the nodes die, their stores are looked at as they lie there, and they come back."""
        nodes = sorted(self._district.nodes())
        victims = chance.sample(nodes, chance.choice((1, 1, 1, 2, 2, 3, 4)))
        for node in victims:
            self._kill(node)
        differences = self._verify(victims)
        chance.shuffle(victims)
        with concurrent.futures.ThreadPoolExecutor(len(victims)) as pool:
            list(pool.map(self._district.start_node, victims))
        again = [node for node in victims if chance.randrange(100) < KILLED_AGAIN]
        for node in again:
            self._supervisor.pause(chance.uniform(0, 0.4))
            self._kill(node)
            differences += self._verify([node])
            self._district.start_node(node)
        return victims + again, differences

    def _kill(self, node):
        self._district.kill(node)
        self.kills[node] += 1

    def _verify(self, nodes):
        report = self._district.verify(nodes)
        found = [f"verify, {store['program']} {store['node']}: {one['sentence']}"
                 for store in report["stores"] for one in store["differences"]]
        found += [f"verify, between the stores: {one['sentence']}" for one in report["differences"]]
        if "central" in nodes:
            found += self._witness.missing_at_centre(report)
        return found

    # ---- The evening of a round.

    def _wait_for_proof(self):
        """Until nobody has work, every log is proven, every feed has arrived and the nation answered."""
        said = {}

        def standing():
            for clerk in self._clerks:
                clerk.settle()
            # The second look sees what came of what was under way at the first.
            said["late"] = self._late() or self._late()
            return not said["late"]
        try:
            self._supervisor.wait_until("all to be proven", standing, ARRIVAL_SECONDS)
        except Cancelled:
            raise
        except Failure as failure:
            raise Failure(f"{failure}; still late: {', '.join(said.get('late', []))}") from failure

    def _late(self):
        """Edges first: what they have proven is in what the centre says afterwards."""
        edges = {node: office.edge.status() for node, office in self._district.offices.items()}
        nodes = self._district.central.nodes()
        central = self._district.central.status()
        late = []
        if int(central["prrs_received"]) != self._prrs:
            late.append("records")
        if int(central["reports_waiting"]):
            late.append("the nation's answers")
        # One whose card was printed before is a case, and still counted as printed.
        printed = sum(case["kind"] == "CASE_KIND_WITHDRAWN_PRINTED"
                      for case in self._district.central.cases())
        if int(central["prrs_withdrawn"]) + printed != len(self._officer.withdrawn):
            late.append("withdrawals")
        for node, edge in edges.items():
            at_centre = nodes[node]
            self._witness.note(node, edge)
            if edge["log_entries"] != edge["log_entries_proven"]:
                late.append(f"the log of {node} ({edge['log_entries_proven']} of "
                            f"{edge['log_entries']} proven)")
            if not at_centre["connected"] or at_centre["feed_position"] != at_centre["feed_head"]:
                late.append(f"the feed to {node}")
            if int(edge["transfers_waiting"]) or int(edge["actions_waiting"]):
                late.append(f"the clerk of {node}")
        return late

    def _compare(self):
        said = figures.read(self._district)
        book = Comparisons()
        compare_standing(book, said, self._district.offices,
                         {clerk.node: clerk.truth.acts("spoiled") for clerk in self._clerks})
        cards = collections.Counter()
        for clerk in self._clerks:
            book.differences += clerk.differences(said.edges[clerk.node], said.jobs[clerk.node])
            book.same(f"{clerk.node}, deliveries", sorted(clerk.arrived),
                      sorted(self._officer.dispatched[clerk.node]), "the district sent off")
            cards.update(clerk.truth.people)
        book.same("people with more than one good card",
                  sum(1 for count in cards.values() if count > 1), 0, "each may have one")
        self.cards = cards.total()
        return book.differences

    def _evening(self, chance):
        """All end, by a power cut or in peace, and all stores are verified together."""
        if chance.randrange(2):
            for node in self._district.nodes():
                self._district.kill(node)
                self.evening_kills += 1
        else:
            self._district.stop_nodes()
        differences = self._verify(["central", *self._district.offices])
        self._district.start_nodes()
        return differences
