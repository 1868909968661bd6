"""One office and the person at its counter, who knows the system only through its API and the
printer only through the cards that lie in its tray.

`Seen` counts what that person did and saw: a witness for the reconciliation, apart from every store.
"""

import dataclasses
import hashlib

import serials
from failure import Failure
from keping import Refused

CARD_SECONDS = 60


@dataclasses.dataclass
class Seen:
    fed: int = 0
    good: int = 0
    spoiled: int = 0
    refusals: dict = dataclasses.field(default_factory=dict)  # K-code -> count
    # Of the good cards, in the order of printing.
    prrs: list = dataclasses.field(default_factory=list)
    # Digests of the NIKs on the good cards.
    people: list = dataclasses.field(default_factory=list)
    doubts: list = dataclasses.field(default_factory=list)  # "good" or "unused"


class Office:
    def __init__(self, place, edge, printer, supervisor):
        self.place = place
        self.edge = edge
        self.printer = printer
        self.seen = Seen()
        self.stock = []  # serials of the blanks on the shelf, the next one first
        self.plan = []   # PRRs in order of enrolment, as the node lists them before the first card
        self._supervisor = supervisor

    def receive_blanks(self, scan_file):
        """Scans what was delivered, blank by blank, into a file, and receives it."""
        transfers = [one for one in self.edge.transfers() if not one["received"]]
        if len(transfers) != 1:
            raise Failure(f"{self.place.name} has {len(transfers)} deliveries to receive, want one")
        blanks = serials.expand(transfers[0]["serials"])
        with open(scan_file, "w", encoding="utf-8") as file:
            file.writelines(f"{serial}\n" for serial in blanks)
        self.edge.receive(transfers[0]["transfer"], scan_file)
        self.stock = blanks

    def read_plan(self, cards):
        self.plan = self.edge.queue(min(500, cards + 5))
        if len(self.plan) <= cards:
            raise Failure(f"{self.place.name} holds {len(self.plan)} records for {cards} cards; "
                          "give more --prrs")

    def expect_refusal(self, code):
        """Tries to print the next card and is refused for this reason; returns the sentence."""
        try:
            self.edge.print_card(self.stock[0])
        except Refused as refusal:
            self.seen.refusals[refusal.code] = self.seen.refusals.get(refusal.code, 0) + 1
            if refusal.code != code:
                raise
            return refusal.sentence
        raise Failure(f"{self.place.name} got a card where it should be refused with {code}")

    def print_card(self, prr=None):
        """The next card of the plan, or that of a record, printed, looked at and found good."""
        blank, job = self._print(prr)
        self._settle_good(job["act"], job["prr"], blank)

    def print_badly(self):
        """The same, but the card that comes out is spoiled."""
        _, job = self._print()
        self.edge.resolve_spoiled(job["act"])
        self.seen.spoiled += 1

    def _print(self, prr=None):
        blank = self.stock.pop(0)
        job = self.edge.print_card(blank, prr=prr)
        if job["state"] != "completed":
            raise Failure(f"{self.place.name}: got a job that is {job['state']}, want it completed")
        self.seen.fed += 1
        return blank, job

    def _settle_good(self, act, prr, blank):
        nik = self.printer.read_nik(act)
        self.edge.resolve_good(act, blank, nik[-4:])
        self.seen.good += 1
        self.seen.prrs.append(prr)
        self.seen.people.append(hashlib.sha256(nik.encode()).digest())

    def begin_slow_card(self, seconds):
        """Starts a card and returns (blank, job) while it is in the printer."""
        self.printer.print_slowly(seconds)
        blank = self.stock.pop(0)
        job = self.edge.print_card(blank, wait=False)
        act = job["act"]
        self._supervisor.wait_until(f"the printer of {self.place.name} to take the card",
                                    lambda: act in self.printer.started_jobs(), CARD_SECONDS)
        # From here the printer alone decides whether the card comes out.
        if act in self.printer.finished_cards():
            raise Failure(f"the printer of {self.place.name} was faster than its {seconds} s a card")
        return blank, job

    def resolve_doubt(self, blank, job):
        """Looks into the printer's tray when it is quiet, and says what lies there: good or unused."""
        self.expect_refusal("K-112")
        act = job["act"]
        self._supervisor.wait_until(f"the printer of {self.place.name} to be quiet",
                                    self.printer_is_quiet, CARD_SECONDS)
        self.printer.print_normally()
        if act in self.printer.finished_cards():
            self.seen.fed += 1
            self._settle_good(act, job["prr"], blank)
            answer = "good"
        else:
            self.edge.resolve_unused(act)
            self.stock.insert(0, blank)
            answer = "unused"
        self.seen.doubts.append(answer)
        return answer

    def printer_is_quiet(self):
        return self.edge.status()["printers"][0]["state"] == "ready"

    def obey_recall(self):
        """Acknowledges the one action that the district ordered, and returns it."""
        waiting = [one for one in self.edge.actions() if not one["acknowledged"]]
        if len(waiting) != 1:
            raise Failure(f"{self.place.name} has {len(waiting)} actions to acknowledge, want one")
        self.edge.acknowledge(waiting[0]["action"])
        return waiting[0]
