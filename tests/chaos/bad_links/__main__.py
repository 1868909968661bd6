"""An office behind bad lines: one that drops every few seconds, one of 30 kbit/s that loses packets,
a district that does not run. tests/chaos/links starts it; README.md beside that says what it shows.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, "..", "..", "..", "deploy", "bangli", "working_day"))
sys.path.insert(1, os.path.join(HERE, "..", "..", "net"))

from failure import Cancelled, Failure  # noqa: E402
from far_office import FarOffice  # noqa: E402
from lossy_link import Forbidden, LossyLink  # noqa: E402
from supervisor import Supervisor  # noqa: E402

SKIPPED = 77
PATIENCE_SECONDS = 600
# Round trips of 600 ms.
BAD_LINE = {"delay_ms": 300, "jitter_ms": 20, "loss_percent": 5, "rate_kbit": 30}
DROPPING_LINE = {"delay_ms": 100, "jitter_ms": 20, "loss_percent": 1, "rate_kbit": 512}
UP_SECONDS = 5
DOWN_SECONDS = 1
# How long the district's programs stand still, in days of as many cards as a story has. The days are
# their work: a machine's clock cannot be moved under a program that waits for its timers.
DAYS_WITHOUT_DISTRICT = 3


class Dropping:
    """While it is entered, the line is up for five seconds and comes up anew after one."""

    def __init__(self, line):
        self._line = line
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.drops = 0

    def _run(self):
        while not self._ended.wait(UP_SECONDS):
            self._line.cut()
            self._line.forget()
            self.drops += 1
            self._ended.wait(DOWN_SECONDS)
            self._line.heal()

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()


class Days:
    def __init__(self, line, office, cards):
        self._line = line
        self._office = office
        self._cards = cards
        self._drops = 0
        self._stories = []

    def play(self):
        self._office.start()
        self._story("a line that drops every 5 s", self._dropping)
        self._story("30 kbit/s, 600 ms, 5 % loss", self._bad)
        self._story("a district that does not run for three days' work", self._stopped)
        differences = self._differences()
        verdict = self._office.verify()
        if not verdict["passed"]:
            differences.append(f"keping verify: {json.dumps(verdict)}")
        return {"stories": self._stories, "counts": self._counts, "differences": differences}

    def _story(self, name, play):
        before = self._line.counts()
        start = time.monotonic()
        seconds = play()
        after = self._line.counts()
        carried = {end: after[f"{end}_carried"] - before[f"{end}_carried"] for end in ("near", "far")}
        self._stories.append({
            "story": name, "seconds": round(time.monotonic() - start, 1),
            "proven_after_seconds": round(seconds, 1), "bytes_up": carried["near"],
            "bytes_down": carried["far"], "log_entries": self._office.log_entries()})

    def _proven_after(self):
        start = time.monotonic()
        self._office.await_proven(PATIENCE_SECONDS)
        return time.monotonic() - start

    def _dropping(self):
        """From the first contact on: all records, the blanks, cards, all of them proven."""
        self._line.set(**DROPPING_LINE)
        with Dropping(self._line) as dropping:
            self._office.await_records(PATIENCE_SECONDS)
            self._office.receive_blanks()
            self._office.print_cards(self._cards)
            seconds = self._proven_after()
        self._drops += dropping.drops
        return seconds

    def _bad(self):
        """What was printed while there was no line goes up over a bad one."""
        self._cut()
        self._office.print_cards(self._cards)
        self._line.set(**BAD_LINE)
        self._line.heal()
        return self._proven_after()

    def _stopped(self):
        self._line.set()
        self._office.stop_centre()
        self._office.print_cards(self._cards * DAYS_WITHOUT_DISTRICT)
        self._office.go_on_with_centre()
        return self._proven_after()

    def _cut(self):
        self._line.cut()
        self._line.forget()
        self._drops += 1

    def _differences(self):
        # What a session carried is written when it ends, and a quiet one does not notice its end.
        ended = self._office.counts()["sessions"]
        self._cut()
        self._line.heal()
        self._office.print_cards(1)
        self._office.await_counts_after(ended)
        self._proven_after()
        counts, entries = self._office.counts(), self._office.log_entries()
        self._counts = {**counts, "log_entries": entries, "drops": self._drops}
        answered = counts["entries_sent"] - counts["entries_unanswered"]
        differences = []
        if answered > entries:
            differences.append(f"{answered} entries were sent and answered, of a log of {entries}: "
                               "some were sent again after their receipt")
        # The node leaves the line to a district that stands still too.
        if counts["sessions"] > self._drops + 2:
            differences.append(f"{counts['sessions']} sessions, with {self._drops} drops of the line "
                               "and one district that stood still")
        return differences


def _cards_of(chosen):
    """Of all stories, and the one by which the last session's end is noticed."""
    return chosen.cards * (2 + DAYS_WITHOUT_DISTRICT) + 1


def _options():
    parser = argparse.ArgumentParser(
        prog="tests/chaos/links", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="One office of real programs behind bad lines, in network namespaces.",
        epilog="Examples:\n  tests/chaos/links\n  tests/chaos/links --cards 100 --prrs 520 --json\n\n"
        "Build first: ninja -C build/release keping keping-edge keping-central keping-national-sim "
        "keping-lossy-link\nExit codes: 0 all agrees, 1 a difference or a failure, 2 wrong usage, "
        f"{SKIPPED} the machine\nallows no network namespaces.")
    parser.add_argument("--cards", type=int, default=20, help="of a day; default 20")
    parser.add_argument("--prrs", type=int, default=120,
                        help="records that come down at the first contact; default 120")
    parser.add_argument("--seed", type=int, default=1, help="of loss and jitter; default 1")
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    parser.add_argument("--bin", required=True, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.prrs < _cards_of(chosen):
        parser.error(f"--prrs: got {chosen.prrs}, want at least {_cards_of(chosen)}, one for each card")
    return chosen


def _tell(report, as_json):
    if as_json:
        print(json.dumps(report))
        return
    for story in report["stories"]:
        print("{story}: proven {proven_after_seconds} s after the last card, {seconds} s in all, "
              "{bytes_up} bytes up, {bytes_down} down".format(**story))
    print("{sessions} sessions with {drops} drops; {entries_sent} entries sent for a log of "
          "{log_entries}, {entries_unanswered} cut off".format(**report["counts"]))
    for difference in report["differences"]:
        print(f"  DIFFERENCE {difference}")


def _play(chosen, line):
    # Sockets lie in it: the path must be short.
    folder = tempfile.mkdtemp(prefix="klinks-", dir="/tmp")
    os.makedirs(os.path.join(folder, "logs"))
    supervisor = Supervisor(os.path.join(folder, "logs"))
    signal.signal(signal.SIGTERM, lambda *_: supervisor.cancel())
    kept = True
    try:
        office = FarOffice(supervisor, line, chosen.bin, folder, _cards_of(chosen), chosen.prrs)
        report = Days(line, office, chosen.cards).play()
        kept = bool(report["differences"])
        return report
    finally:
        supervisor.stop_all()
        if kept:
            print(f"The files are in {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder)


def main():
    chosen = _options()
    try:
        with LossyLink(os.path.join(chosen.bin, "keping-lossy-link"), seed=chosen.seed) as line:
            report = _play(chosen, line)
    except Forbidden as reason:
        print(f"links: skipped: {reason}", file=sys.stderr)
        return SKIPPED
    except Cancelled:
        return 130
    except Failure as failure:
        print(f"links: {failure}", file=sys.stderr)
        return 1
    _tell(report, chosen.json)
    return 1 if report["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
