"""The person at one printer: prints until the day's duty is used up, whatever happens.

    person = Person(office, "kintamani-1", blanks, truth, random)
    person.work()            # returns when a card is refused with K-113
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
# How a card goes, and how often in a hundred.
MODES = (("ok", 62), ("slow 1", 8), ("fail", 8), ("empty", 6), ("crash", 6), ("hang", 5),
         ("power cut", 5))
SPOILED_GOOD_CARDS = 4     # in a hundred, cards that came out and are no good
SPOILED_WITHOUT_CARD = 50  # in a hundred, blanks that a failed job has spoiled
SETTLED = ("good", "spoiled", "unused")


class Person:
    def __init__(self, office, printer, blanks, truth, random):
        self.faults = collections.Counter()
        self.refusals = collections.Counter()
        self._edge = office.edge(printer)
        self._printer = office.printers[printer]
        self._name = printer
        self._supervisor = office.supervisor
        self._blanks = blanks
        self._truth = truth
        self._random = random
        self._decided = {}  # act -> what this person saw, once looked at

    def work(self):
        while True:
            self._settle_what_waits()
            mode = self._draw_mode()
            try:
                self._begin(mode)
            except Refused as refusal:
                self.refusals[refusal.code] += 1
                if refusal.code == DUTY_USED_UP:
                    return
                if refusal.code not in (PRINTER_NOT_READY, DISK_NEARLY_FULL):
                    raise
                self._printer.set_mode("ok")
                self._pause()
            except Ended as ended:
                self._note_lost(ended)

    def _draw_mode(self):
        names, weights = zip(*MODES)
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
        jobs = self._retry(self._edge.jobs)
        return [job for job in jobs if job["printer"] == self._name]

    def _settle_what_waits(self):
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
        status = self._retry(self._edge.status)
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
            self._note_lost(ended)

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

    def _retry(self, call):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return call()
            except Ended as ended:
                if ended.code != NODE_DOES_NOT_ANSWER or time.monotonic() > deadline:
                    raise
            self._pause()

    def _note_lost(self, ended):
        if ended.code != NODE_DOES_NOT_ANSWER:
            raise ended
        self.faults["answer lost"] += 1

    def _pause(self, seconds=PAUSE_SECONDS):
        self._supervisor.pause(seconds)
