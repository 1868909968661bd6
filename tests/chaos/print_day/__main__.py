"""A hard day of one office: two printers, every fault they know, kills, a full disk, failing fsyncs
and a clock set back. tests/chaos/print-day starts it; README.md beside that says what it shows.
"""

import argparse
import concurrent.futures
import json
import os
import random
import signal
import sys
import shutil
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, "..", "..", "..", "deploy", "bangli", "working_day"))

from counter import Person  # noqa: E402
from failure import Cancelled, Failure  # noqa: E402
from machine import RESERVE_MB, Machine  # noqa: E402
from office import Office, PRINTERS  # noqa: E402
from supervisor import Supervisor  # noqa: E402
from truth import Truth  # noqa: E402


class Day:
    def __init__(self, chosen, seed, folder, supervisor, machine):
        self._random = random.Random(seed)
        self._supervisor = supervisor
        self._machine = machine
        chosen = argparse.Namespace(**{
            **vars(chosen), "seed": seed, "duty": chosen.cards // len(PRINTERS),
            "prrs": chosen.cards * 3, "blanks": chosen.cards * 3})
        self._kills = chosen.kills
        self._chosen = chosen
        self._office = Office(supervisor, chosen.bin, folder, machine, chosen)
        self._faults = {"kill": 0, "disk nearly full": 0, "disk full": 0, "fsync failed": 0,
                        "gave up by itself": 0, "clock set back": 0}

    def run(self):
        start = time.monotonic()
        self._office.start()
        truth = Truth(self._office.stock)
        half = len(self._office.stock) // len(PRINTERS)
        people = [Person(self._office.edge(name), self._office.printers[name], name,
                         self._supervisor, self._office.stock[i * half:(i + 1) * half], truth,
                         random.Random(f"{self._random.random()}"))
                  for i, name in enumerate(PRINTERS)]
        with concurrent.futures.ThreadPoolExecutor(len(people)) as pool:
            work = [pool.submit(person.work) for person in people]
            self._trouble(work)
            for one in work:
                one.result()
        return self._judge(truth, people, time.monotonic() - start)

    # ---- Trouble, while the people work.

    def _trouble(self, work):
        troubles = ([self._kill] * self._kills + [self._set_clock_back] * 2
                    + [self._disk_nearly_full, self._disk_full, self._fail_fsync])
        self._random.shuffle(troubles)
        for trouble in troubles:
            self._supervisor.pause(self._random.uniform(0.2, self._chosen.gap))
            if any(one.done() for one in work):
                # Whoever is done early is either finished or has failed.
                if any(one.done() and one.exception() for one in work):
                    return
            trouble()

    def _kill(self):
        self._faults["kill"] += 1
        self._office.kill_node()

    def _set_clock_back(self):
        self._faults["clock set back"] += 1
        self._machine.set_clock_back(hours=self._random.randrange(1, 30))

    def _disk_nearly_full(self):
        self._faults["disk nearly full"] += 1
        self._machine.fill_disk(leave_mb=RESERVE_MB // 2)
        self._supervisor.pause(3)
        self._machine.free_disk()

    def _disk_full(self):
        """Somebody fills what is left; a node that cannot write ends, and comes back when it can."""
        self._faults["disk full"] += 1
        self._office.expect_end()
        self._machine.fill_disk(leave_mb=0)
        self._end_node(self._machine.free_disk)

    def _fail_fsync(self):
        self._faults["fsync failed"] += 1
        self._office.expect_end()
        self._machine.fail_fsync(self._office.pid)
        self._end_node(lambda: None)

    def _end_node(self, before_start):
        self._supervisor.pause(3)
        self._faults["gave up by itself"] += self._office.has_ended()
        self._office.kill_node_after(before_start)

    # ---- The evening.

    def _judge(self, truth, people, seconds):
        edge = self._office.edge(PRINTERS[0])
        status, jobs = edge.status(), edge.jobs()
        differences = truth.differences(status, jobs)
        for printer in status["printers"]:
            if printer["fed_today"] > self._chosen.duty:
                differences.append(f"{printer['printer']} fed {printer['fed_today']} cards, want at "
                                   f"most {self._chosen.duty}")
        # Until then the centre's certificate may be of a time to come.
        self._machine.set_clock_right()
        self._supervisor.wait_until("the log to be proven", lambda: _proven(edge.status()), 90)
        self._office.stop()
        verdict = self._office.verify()
        if not verdict["passed"]:
            differences.append(f"keping verify: {json.dumps(verdict)}")
        differences += _doubts_of_kills(verdict, self._office.jobs_hit)
        return {"cards_fed": int(status["cards_fed"]), "cards_good": int(status["cards_good"]),
                "blanks_spoiled": int(status["blanks_spoiled"]),
                "doubts_opened": int(status["doubts_opened"]),
                "doubts_resolved": int(status["doubts_resolved"]),
                "jobs_hit": len(self._office.jobs_hit),
                "faults": {**self._faults, **_sum(person.faults for person in people)},
                "refusals": _sum(person.refusals for person in people),
                "differences": differences, "seconds": round(seconds, 1)}


def _doubts_of_kills(verdict, jobs_hit):
    """Each job that was at a printer when the node died was put in doubt, and no other."""
    edge = next(store for store in verdict["stores"] if store["program"] == "edge")
    doubted = set(edge.get("jobs_doubted_at_restart", []))
    return ([f"job {act} was at a printer when the node died, and was not put in doubt"
             for act in sorted(jobs_hit - doubted)]
            + [f"job {act} was put in doubt by a start, and was at no printer when the node died"
               for act in sorted(doubted - jobs_hit)])


def _proven(status):
    return status["log_entries"] == status["log_entries_proven"]


def _sum(counters):
    total = {}
    for counter in counters:
        for name, count in counter.items():
            total[name] = total.get(name, 0) + count
    return total


def _options():
    parser = argparse.ArgumentParser(
        prog="tests/chaos/print-day", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="A hard day of one office with the real programs: faults at its printers and its\n"
        "machine, and truth compared with the books in the evening.",
        epilog="Examples:\n  tests/chaos/print-day --seed 7\n  tests/chaos/print-day --seeds 1..20 "
        "--json\n\nBuild first: ninja -C build/release keping keping-edge keping-central "
        "keping-national-sim\nExit codes: 0 all agrees, 1 a difference or a failure, 2 wrong usage.")
    parser.add_argument("--seed", type=int, help="one day")
    parser.add_argument("--seeds", metavar="A..B", help="one day after the other")
    parser.add_argument("--cards", type=int, default=100, help="duty of both printers; default 100")
    parser.add_argument("--kills", type=int, default=20, help="SIGKILLs; default 20")
    parser.add_argument("--gap", type=float, default=6, help="longest pause between troubles, seconds")
    parser.add_argument("--json", action="store_true", help="a line of JSON per day")
    parser.add_argument("--bin", required=True, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    try:
        first, last = (chosen.seeds or f"{chosen.seed or 1}..{chosen.seed or 1}").split("..")
        chosen.days = range(int(first), int(last) + 1)
    except ValueError:
        parser.error(f"got --seeds {chosen.seeds!r}, want A..B")
    return chosen


def _play(chosen, seed):
    # Sockets lie in it: the path must be short.
    folder = tempfile.mkdtemp(prefix="kday-", dir="/tmp")
    os.makedirs(os.path.join(folder, "logs"))
    machine = Machine(folder)
    supervisor = Supervisor(os.path.join(folder, "logs"))
    signal.signal(signal.SIGTERM, lambda *_: supervisor.cancel())
    kept = True
    try:
        report = Day(chosen, seed, folder, supervisor, machine).run()
        kept = bool(report["differences"])
        return {"seed": seed, **report}
    finally:
        supervisor.stop_all()
        if kept:
            shutil.copytree(machine.disk, os.path.join(folder, "disk-copy"), dirs_exist_ok=True)
            print(f"The day's files are in {folder}", file=sys.stderr)
        machine.close()
        if not kept:
            shutil.rmtree(folder)


def _tell(report, as_json):
    if as_json:
        print(json.dumps(report), flush=True)
        return
    print(f"seed {report['seed']}: {report['cards_fed']} cards fed, {report['cards_good']} good, "
          f"{report['blanks_spoiled']} blanks spoiled, doubts {report['doubts_opened']} opened, "
          f"{report['doubts_resolved']} resolved, {report['jobs_hit']} jobs hit by a kill, "
          f"{report['seconds']} s")
    print("  faults: " + ", ".join(f"{name} {count}" for name, count in report["faults"].items()))
    for difference in report["differences"]:
        print(f"  DIFFERENCE {difference}")
    sys.stdout.flush()


def main():
    chosen = _options()
    failed = 0
    for seed in chosen.days:
        try:
            report = _play(chosen, seed)
            failed += bool(report["differences"])
            _tell(report, chosen.json)
        except Cancelled:
            return 130
        except Failure as failure:
            failed += 1
            print(f"print-day: seed {seed}: {failure}", file=sys.stderr)
    print(f"{len(chosen.days) - failed} of {len(chosen.days)} days agree")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
