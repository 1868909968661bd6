"""What really happened, as the person with the card in hand knows it: apart from every store.

    truth = Truth(serials)
    truth.deliver(serials)               # more of them came
    truth.good(act, blank, nik)
    truth.differences(status, jobs)      # sentences; none when the node's book says the same
"""

import collections
import hashlib
import threading


class Truth:
    """Thread-safe: two operators tell it what they see."""

    def __init__(self, serials):
        self._lock = threading.Lock()
        self._place = {}
        self.people = collections.Counter()  # digests of the NIKs on good cards
        self.answers = {}  # act -> (answer, blank)
        self.deliver(serials)

    def deliver(self, serials):
        with self._lock:
            self._place.update({serial: "tray" for serial in serials})

    def good(self, act, blank, nik):
        with self._lock:
            if act not in self.answers:
                self.people[hashlib.sha256(nik.encode()).hexdigest()] += 1
            self._settle(act, "good", blank, "good")

    def spoiled(self, act, blank):
        with self._lock:
            self._settle(act, "spoiled", blank, "spoiled")

    def unused(self, act, blank):
        with self._lock:
            self._settle(act, "unused", blank, "tray")

    def _settle(self, act, answer, blank, place):
        self.answers[act] = (answer, blank)
        self._place[blank] = place

    def acts(self, answer):
        return {act for act, (one, _) in self.answers.items() if one == answer}

    def count(self, place):
        return sum(1 for one in self._place.values() if one == place)

    def differences(self, status, jobs):
        """`status` and `jobs` are the node's own words at the end of the day."""
        found = []

        def compare(what, said, true):
            if said != true:
                found.append(f"{what}: the node says {said}, true is {true}")

        compare("blanks in the tray", int(status["blanks_in_tray"]), self.count("tray"))
        compare("blanks used", int(status["blanks_used"]), self.count("good"))
        compare("blanks spoiled", int(status["blanks_spoiled"]), self.count("spoiled"))
        compare("blanks bound", int(status["blanks_bound"]), 0)
        compare("blanks in doubt", int(status["blanks_in_doubt"]), 0)
        book = {job["act"]: (job["state"], job["blank"]) for job in jobs}
        for act, answer in self.answers.items():
            compare(f"job {act}", book.get(act), answer)
        for act in book.keys() - self.answers.keys():
            # The printer itself can prove that it took no card.
            compare(f"job {act}, which nobody answered", book[act][0], "unused")
        good = [job["prr"] for job in jobs if job["state"] == "good"]
        for prr, cards in collections.Counter(good).items():
            if cards > 1:
                found.append(f"record {prr} has {cards} good cards")
        for cards in self.people.values():
            if cards > 1:
                found.append(f"one person holds {cards} good cards")
        return found
