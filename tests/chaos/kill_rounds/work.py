"""The people who work while their programs are killed: a clerk at each office, an officer at the
district. Each repeats what got no answer, as people do, and remembers what must have come of it.

    clerk = Clerk(office, supervisor, folder, seed)
    clerk.receive(); clerk.turn(); clerk.settle()
    clerk.differences(status, jobs)           # sentences; none when the node's book says the same

    officer = Officer(district, seed)
    officer.turn()
    officer.dispatched                        # node -> numbers of the deliveries
"""

import random

import serials
from counter import DUTY_USED_UP, NODE_DOES_NOT_ANSWER, Person, retry
from failure import Ended
from keping import Refused
from places import APPLICATION_VERSION, operator_of, printer_of
from truth import Truth

# How a card goes, and how often in a hundred.
MODES = (("ok", 90), ("slow 1", 5), ("fail", 5))
NO_RECORD = "K-104"
FOREIGN_BLANK = "KPA-9999999"
BLANKS_A_DELIVERY = 3


class Clerk:
    def __init__(self, office, supervisor, scans, seed):
        self.node = office.place.node
        self.truth = Truth([])
        self.arrived = []  # numbers of the deliveries that were received
        self._edge = office.edge
        self._scans = scans
        self._supervisor = supervisor
        self._random = random.Random(f"{seed}/{self.node}")
        self.person = Person(office.edge, office.printer, printer_of(self.node), supervisor, [],
                             self.truth, self._random, MODES)

    def turn(self):
        """One act of many, after a breath."""
        self._supervisor.pause(self._random.uniform(0, 0.1))
        act = self._random.choices((self._print, self._be_refused, self._be_refused, self.receive,
                                    self._obey), (3, 3, 3, 2, 1))[0]
        try:
            act()
        except Ended as ended:
            self.person.note_lost(ended)

    def settle(self):
        self.person.settle()
        self.receive()
        self._obey()

    def _print(self):
        try:
            self.person.turn()
        except Refused as refusal:
            if refusal.code not in (DUTY_USED_UP, NO_RECORD):
                raise

    def _be_refused(self):
        """Tries a blank that is not the office's: an entry of the log and nothing more."""
        try:
            self._edge.print_card(FOREIGN_BLANK, wait=False)
        except Refused as refusal:
            self.person.refusals[refusal.code] += 1

    def receive(self):
        """What came, until the node says that it was received."""
        for transfer in self.person.retry(self._edge.transfers):
            if transfer["transfer"] in self.arrived:
                continue
            blanks = serials.expand(transfer["serials"])
            if not transfer["received"]:
                with open(self._scans, "w", encoding="utf-8") as file:
                    file.writelines(f"{serial}\n" for serial in blanks)
                self.person.retry(lambda one=transfer: self._receive(one))
            self.arrived.append(transfer["transfer"])
            self.truth.deliver(blanks)
            self.person.take(blanks)

    def _receive(self, transfer):
        """Once more after an answer that was lost: the node says whether it is received already."""
        received = [one["transfer"] for one in self._edge.transfers() if one["received"]]
        if transfer["transfer"] not in received:
            self._edge.receive(transfer["transfer"], self._scans)

    def _obey(self):
        for action in self.person.retry(self._edge.actions):
            if not action["acknowledged"]:
                self.person.retry(lambda one=action: self._acknowledge(one["action"]))

    def _acknowledge(self, action):
        waiting = [one["action"] for one in self._edge.actions() if not one["acknowledged"]]
        if action in waiting:
            self._edge.acknowledge(action)

    def differences(self, status, jobs):
        return [f"{self.node}: {one}" for one in self.truth.differences(status, jobs)]


class Officer:
    def __init__(self, district, seed):
        self.dispatched = {node: [] for node in district.offices}
        self.withdrawn = set()  # records that the nation took back
        self._district = district
        self._central = district.central
        self._random = random.Random(f"{seed}/district")
        self._people = 0

    def turn(self):
        self._district.supervisor.pause(self._random.uniform(0, 0.6))
        node = self._random.choice(sorted(self.dispatched))
        act = self._random.choices((self._dispatch, self._certify, self._move_lease, self._withdraw),
                                   (4, 3, 3, 1))[0]
        act(node)

    def open_office(self, node):
        """Its operator may print, and its first blanks are on their way."""
        self._repeat(lambda: self._central.certify(operator_of(node), node, APPLICATION_VERSION))
        self._dispatch(node)

    def _dispatch(self, node):
        """Under a number of its own, so that the same call may be repeated."""
        number = f"SJ-{node}-{len(self.dispatched[node]) + 1}"
        self.dispatched[node].append(number)
        self._repeat(lambda: self._central.dispatch(node, BLANKS_A_DELIVERY, number))

    def _certify(self, node):
        self._people += 1
        person = f"helper-{self._people}"
        self._repeat(lambda: self._central.certify(person, node, APPLICATION_VERSION))

    def _move_lease(self, node):
        """Of a record that another office would print next: it lets go of it, this one gets it."""
        other = self._random.choice([one for one in sorted(self.dispatched) if one != node])
        record = self._next_record(other)
        if record:
            # Once only, and nothing is claimed of the lease: the node may hold the record already.
            try:
                self._central.move_lease(record, node)
            except Refused:
                pass
            except Ended as ended:
                if ended.code != NODE_DOES_NOT_ANSWER:
                    raise

    def _withdraw(self, node):
        record = self._next_record(node)
        if record:
            self._district.national.withdraw(record)
            self.withdrawn.add(record)

    def _next_record(self, node):
        """Not the very next, which may be under the clerk's hand; None while the node is dead."""
        try:
            queue = self._district.offices[node].edge.queue(20)
        except Ended as ended:
            if ended.code != NODE_DOES_NOT_ANSWER:
                raise
            return None
        return self._random.choice(queue)["prr"] if queue else None

    def _repeat(self, call):
        return retry(self._district.supervisor, call)
