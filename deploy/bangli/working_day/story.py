"""The first working day of Bangli, act by act. Every step waits for what it needs, by condition.

    story = Story(district, options, progress)
    story.play()
    story.withdrawn        # the PRR that was printed although it was withdrawn
"""

import concurrent.futures
import random

import places
from failure import Cancelled

ARRIVAL_SECONDS = 180
LINK_SECONDS = 60
# So long is the killed node's card in the printer: longer than any machine takes to kill it.
SLOW_CARD_SECONDS = 4


class Story:
    def __init__(self, district, options, progress):
        self._district = district
        self._central = district.central
        self._offices = district.offices
        self._wait = district.supervisor.wait_until
        self._progress = progress
        self._cards = options.cards
        self._prrs = options.prrs
        self._random = random.Random(options.seed)
        self._morning = options.cards // 2
        self.withdrawn = None
        self.doubt_answer = None
        self.notes = []

    def play(self):
        acts = [
            ("Day 0: records and blanks arrive at the district", self.hand_over),
            ("Day 0: blanks are dispatched, offices receive them", self.stock_offices),
            ("First print: nobody is certified yet", self.refuse_untrained),
            ("Certification arrives, the morning's cards", self.print_morning),
            ("Noon: links are cut, a record is withdrawn", self.cut_links),
            ("Afternoon: all print on to the daily duty", self.print_afternoon),
            ("Links return, logs are proven", self.heal_links),
            ("The recall, and the nation's answers", self.settle),
        ]
        for title, act in acts:
            with self._progress.phase(title) as phase:
                phase.finish(act(phase))

    def _each(self, act, offices=None):
        """`act(office)` in all offices at the same time."""
        chosen = [self._offices[node] for node in offices] if offices else self._offices.values()
        with concurrent.futures.ThreadPoolExecutor(len(self._offices)) as pool:
            started = [pool.submit(act, office) for office in chosen]
            done, _ = concurrent.futures.wait(started, return_when="FIRST_EXCEPTION")
            failures = [one.exception() for one in done if one.exception()]
            if failures:
                self._district.supervisor.cancel()
                raise min(failures, key=lambda failure: isinstance(failure, Cancelled))
            return [one.result() for one in started]

    # ---- Day 0.

    def hand_over(self, phase):
        national = self._district.national.ledger

        def arrived():
            status = self._central.status()
            phase.show(f"{int(status['prrs_received']):,} of {self._prrs:,} records")
            ledger = national()
            return (ledger["records_handed_out"] == self._prrs == int(status["prrs_received"])
                    and 0 < ledger["blanks_allotted"] == int(status["blanks_allotted"])
                    and status["prrs_leased"] == status["prrs_received"] and status)
        status = self._wait("the hand-over to arrive", arrived, ARRIVAL_SECONDS)
        return (f"{int(status['prrs_received']):,} records, {int(status['blanks_allotted']):,} blanks")

    def stock_offices(self, phase):
        for office in self._offices.values():
            node = office.place.node
            self._central.certify(places.operator_of(node), node)
            self._central.dispatch(node, self._district.blanks_per_office)
        self._wait_for_feeds(phase)

        def receive(office):
            office.receive_blanks(self._district.folders.scans(office.place.node))
            office.read_plan(self._cards)
            return len(office.stock)
        received = self._each(receive)
        return " + ".join(f"{count:,}" for count in received) + " blanks received"

    def _wait_for_feeds(self, phase):
        """Until every node has what the centre wants it to have."""
        def behind():
            return [node["node"] for node in self._central.nodes().values()
                    if not node["connected"] or node["feed_position"] != node["feed_head"]]

        def nobody_behind():
            late = behind()
            if late:
                phase.show(f"the feed is on its way to {', '.join(late)}")
            return not late
        self._wait("the feed to reach every office", nobody_behind, ARRIVAL_SECONDS)

    def refuse_untrained(self, _):
        sentences = self._each(lambda office: office.expect_refusal("K-102"))
        return f"refused at {len(sentences)} offices (K-102): {sentences[0].split('. ')[0]}"

    # ---- Printing.

    def print_morning(self, phase):
        for office in self._offices.values():
            node = office.place.node
            self._central.certify(places.operator_of(node), node, places.APPLICATION_VERSION)
        self._wait_for_feeds(phase)
        self._each(lambda office: self._print_until(office, self._morning, phase))
        return f"{self._fed()} cards"

    def _print_until(self, office, fed, phase):
        self._wait(f"the printer of {office.place.name}", office.printer_is_quiet, LINK_SECONDS)
        while office.seen.fed < fed:
            office.print_card()
            phase.show(self._tally())

    def _tally(self):
        return "  ".join(f"{one.place.name} {one.seen.fed}" for one in self._offices.values())

    def _fed(self):
        return sum(office.seen.fed for office in self._offices.values())

    def cut_links(self, phase):
        for node in places.OFFLINE:
            self._district.links[node].cut()
        for node in places.OFFLINE:
            self._wait(f"{node} to notice that its link is cut",
                       lambda edge=self._offices[node].edge: not edge.status()["connected"],
                       LINK_SECONDS)
        self.withdrawn = self._choose_withdrawn()
        phase.show("the nation withdraws a record")
        self._district.national.withdraw(self.withdrawn)
        self._wait("the withdrawal to reach the district",
                   lambda: int(self._central.status()["prrs_withdrawn"]) > 0, LINK_SECONDS)
        self._district.national_link.cut()
        self._wait("the district to notice that the nation is gone",
                   lambda: not self._central.status()["national_connected"], LINK_SECONDS)
        names = [self._offices[node].place.name for node in places.OFFLINE]
        return (f"{', '.join(names)} and the nation are out of reach; "
                f"{self.withdrawn} is withdrawn, {self._offices[places.UNAWARE].place.name} "
                "cannot know")

    def _choose_withdrawn(self):
        """One of the afternoon's records of the office that cannot know."""
        queue = self._offices[places.UNAWARE].edge.queue(self._cards - self._morning)
        return self._random.choice(queue)["prr"]

    def print_afternoon(self, phase):
        special = {places.SPOILS: self._afternoon_with_spoil,
                   places.KILLED: self._afternoon_with_kill,
                   places.OVERREACHES: self._afternoon_beyond_duty}

        def afternoon(office):
            special.get(office.place.node, self._plain_afternoon)(office, phase)
        self._each(afternoon)
        return f"{self._fed()} cards; " + "; ".join(self.notes)

    def _plain_afternoon(self, office, phase):
        self._print_until(office, self._cards, phase)

    def _some_card(self):
        """How many cards are fed before the special one."""
        return self._random.randrange(self._morning, self._cards)

    def _afternoon_with_spoil(self, office, phase):
        self._print_until(office, self._some_card(), phase)
        office.print_badly()
        self.notes.append(f"{office.place.name} spoiled one")
        self._print_until(office, self._cards, phase)

    def _afternoon_with_kill(self, office, phase):
        self._print_until(office, self._some_card(), phase)
        blank, job = office.begin_slow_card(SLOW_CARD_SECONDS)
        self._district.kill(office.place.node)
        self._district.start_edge(office.place.node)
        self.doubt_answer = office.resolve_doubt(blank, job)
        self.notes.append(f"{office.place.name} was killed, its card in doubt was "
                          f"{self.doubt_answer}")
        self._print_until(office, self._cards, phase)

    def _afternoon_beyond_duty(self, office, phase):
        self._print_until(office, self._cards, phase)
        office.expect_refusal("K-113")
        self.notes.append(f"{office.place.name} was refused card {self._cards + 1} (K-113)")

    # ---- The links return.

    def heal_links(self, phase):
        self._district.national_link.heal()
        for node in places.OFFLINE:
            self._district.links[node].heal()
        self._wait_for_proof(phase)
        receipts = [f"{office.place.name} {office.edge.status()['proof_code']}"
                    for office in self._offices.values()]
        return "receipts: " + ", ".join(receipts)

    def _wait_for_proof(self, phase):
        """Until the centre has countersigned every entry of every office."""
        def unproven(office):
            status = office.edge.status()
            return int(status["log_entries"]) - int(status["log_entries_proven"])

        def all_proven():
            waiting = {office.place.name: unproven(office) for office in self._offices.values()}
            phase.show("entries to prove: " + "  ".join(
                f"{name} {count}" for name, count in waiting.items()))
            return not any(waiting.values())
        self._wait("every log to be proven", all_proven, ARRIVAL_SECONDS)

    def settle(self, phase):
        office = self._offices[places.UNAWARE]
        self._wait(f"the recall to reach {office.place.name}",
                   lambda: int(office.edge.status()["actions_waiting"]) > 0, LINK_SECONDS)
        office.obey_recall()
        self._wait_for_proof(phase)
        self._wait("the case to be closed", self._no_case_waits, LINK_SECONDS)
        self._wait_for_feeds(phase)

        def answered():
            status = self._central.status()
            phase.show(f"{status['reports_waiting']} reports wait for the nation")
            return (status["national_connected"] and int(status["reports_waiting"]) == 0 and status)
        status = self._wait("the nation's answers", answered, ARRIVAL_SECONDS)
        return (f"{office.place.name} recalled the card, the nation confirmed "
                f"{status['reports_confirmed']} reports")

    def _no_case_waits(self):
        cases = self._central.cases()
        return cases and all(case["state"] == "CASE_STATE_CLOSED" for case in cases)
