"""The person at one printer: prints until the day's duty is used up, whatever happens.

    person = Person(edge, printer, "kintamani-1", supervisor, blanks, truth, random)
    person.work()            # returns when a card is refused with K-113
    person.turn()            # or one card: what waits is settled, then the next one is begun
    person.settle()
    person.faults            # kind -> how often

Knows what every person would: the blank taken, and what lies in the printer's tray. A call whose
answer is lost is looked up among the node's jobs.
"""

import collections
import time

from failure import Ended, Failure
from keping import Refused

DUTY_USED_UP = "K-113"
PRINTER_NOT_READY = "K-112"
DISK_NEARLY_FULL = "K-114"
NODE_DOES_NOT_ANSWER = 1  # exit code of keping
PATIENCE_SECONDS = 90
PAUSE_SECONDS = 0.1
# How a card goes, and how often in a hundred. "power cut" wants a FragilePrinter.
MODES = (("ok", 62), ("slow 1", 8), ("fail", 8), ("empty", 6), ("crash", 6), ("hang", 5),
         ("power cut", 5))
SPOILED_GOOD_CARDS = 4     # in a hundred, cards that came out and are no good
SPOILED_WITHOUT_CARD = 50  # in a hundred, blanks that a failed job has spoiled
SETTLED = ("good", "spoiled", "unused")


def retry(supervisor, call):
    """What a call that may be repeated answers, as soon as its node does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return call()
        except Ended as ended:
            if ended.code != NODE_DOES_NOT_ANSWER or time.monotonic() > deadline:
                raise
        supervisor.pause(PAUSE_SECONDS)


class Person:
    def __init__(self, edge, printer, name, supervisor, blanks, truth, random, modes=MODES):
        self.faults = collections.Counter()
        self.refusals = collections.Counter()
        self._edge = edge
        self._printer = printer
        self._name = name
        self._supervisor = supervisor
        self._blanks = blanks
        self._modes = modes
        self._truth = truth
        self._random = random
        self._decided = {}  # act -> what this person saw, once looked at

    def work(self):
        try:
            while True:
                self.turn()
        except Refused as refusal:
            if refusal.code != DUTY_USED_UP:
                raise

    def turn(self):
        """Refused when a rule forbids the card for longer than a printer or a disk needs. No card
        without a blank."""
        self.settle()
        if not self._blanks:
            return
        mode = self._draw_mode()
        try:
            self._begin(mode)
        except Refused as refusal:
            self.refusals[refusal.code] += 1
            if refusal.code not in (PRINTER_NOT_READY, DISK_NEARLY_FULL):
                raise
            self._printer.set_mode("ok")
            self._pause()
        except Ended as ended:
            self.note_lost(ended)

    def take(self, blanks):
        """They lie in the tray from now on."""
        self._blanks = self._blanks + blanks

    def _draw_mode(self):
        names, weights = zip(*self._modes)
        return self._random.choices(names, weights)[0]

    def _begin(self, mode):
        self._printer.set_mode("slow 2" if mode == "power cut" else mode)
        job = self._edge.print_card(self._blanks[0], wait=False, printer=self._name)
        self.faults[mode] += 1
        if mode == "power cut":
            self._supervisor.wait_until("the card to be in the printer",
                                        lambda: job["act"] in self._printer.started_jobs()
                                        or not self._may_still_begin(job["act"]), PATIENCE_SECONDS)
            self._printer.cut_power()
        elif mode in ("empty", "hang"):
            self._pause(1)
        # A person comes and puts things right.
        if mode != "slow 1":
            self._printer.set_mode("ok")

    def _may_still_begin(self, act):
        """Not after a doubt: a node that died before it sent the card never sends it."""
        return any(job["act"] == act and job["state"] in ("intended", "sent")
                   for job in self._jobs())

    # ---- What waits for a person's word.

    def _jobs(self):
        jobs = self.retry(self._edge.jobs)
        return [job for job in jobs if job["printer"] == self._name]

    def settle(self):
        """Looks at every card that waits and says what it is, until nothing waits."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            jobs = self._jobs()
            for act in [act for act in self._decided if act not in self._truth.answers]:
                self._note(next(job for job in jobs if job["act"] == act))
            waiting = [job for job in jobs if job["state"] not in SETTLED]
            self._return_unused(jobs)
            if not waiting:
                return
            for job in waiting:
                if job["state"] in ("completed", "failed", "doubt") and self._is_quiet():
                    self._answer(job)
            if time.monotonic() > deadline:
                raise Failure(f"{self._name}: got jobs that stay {[j['state'] for j in waiting]}")
            self._pause()

    def _return_unused(self, jobs):
        """Blanks of settled jobs leave the pile, whatever call told it; all others lie there."""
        gone = {job["blank"] for job in jobs if job["state"] in ("good", "spoiled")}
        self._blanks = [blank for blank in self._blanks if blank not in gone]

    def _is_quiet(self):
        status = self.retry(self._edge.status)
        state = next(one["state"] for one in status["printers"] if one["printer"] == self._name)
        return state in ("ready", "stopped")

    def _answer(self, job):
        act, blank = job["act"], job["blank"]
        came_out = act in self._printer.finished_cards()
        if act not in self._decided:
            chance = SPOILED_GOOD_CARDS if came_out else SPOILED_WITHOUT_CARD
            if act not in self._printer.started_jobs():
                chance = 0
            spoiled = self._random.randrange(100) < chance
            self._decided[act] = "spoiled" if spoiled else "good" if came_out else "unused"
        try:
            if self._decided[act] == "good":
                self._edge.resolve_good(act, blank, self._printer.read_nik(act)[-4:])
            elif self._decided[act] == "spoiled":
                self._edge.resolve_spoiled(act)
            else:
                self._edge.resolve_unused(act)
        except Ended as ended:
            self.note_lost(ended)

    def _note(self, job):
        """Whether the answer arrived is what the node says once it is up again."""
        if job["state"] not in SETTLED:
            return
        act, blank = job["act"], job["blank"]
        if self._decided[act] == "good":
            self._truth.good(act, blank, self._printer.read_nik(act))
        elif self._decided[act] == "spoiled":
            self._truth.spoiled(act, blank)
        else:
            self._truth.unused(act, blank)

    # ---- Patience.

    def retry(self, call):
        return retry(self._supervisor, call)

    def note_lost(self, ended):
        """The answer of a call was lost with the node; any other end of it is raised again."""
        if ended.code != NODE_DOES_NOT_ANSWER:
            raise ended
        self.faults["answer lost"] += 1

    def _pause(self, seconds=PAUSE_SECONDS):
        self._supervisor.pause(seconds)
