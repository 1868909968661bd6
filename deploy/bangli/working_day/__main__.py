"""Plays the first working day of the district of Bangli: real programs, links, printers and a kill.

deploy/quickstart builds and starts it; deploy/README.md says what it shows.
"""

import json
import os
import signal
import sys

import figures
import options
import table
from datafolder import DataFolder
from district import District, Folders
from failure import Cancelled, Failure
from keeper import become_keeper
from progress import Progress
from reconciliation import Comparisons, compare_day, compare_stores
from story import Story
from supervisor import Supervisor

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Day:
    """One run, from the first program to the report."""

    def __init__(self, chosen, folders, supervisor):
        self._chosen = chosen
        self._supervisor = supervisor
        self._progress = Progress()
        self._district = District(supervisor, ROOT, chosen.bin, folders, chosen)

    def run(self):
        """Plays the day and reconciles it; returns the differences."""
        print(f"The first working day of Bangli: {self._chosen.prrs:,} records, "
              f"{self._chosen.cards} cards a printer, seed {self._chosen.seed}", flush=True)
        with self._progress.phase("The district starts") as phase:
            standing = []
            self._district.start(lambda name: (standing.append(name),
                                               phase.show(", ".join(standing))))
            phase.finish(f"national server, central node, {len(self._district.offices)} offices "
                         "with their printers and links")
        story = Story(self._district, self._chosen, self._progress)
        story.play()
        said = figures.read(self._district)
        book = Comparisons()
        with self._progress.phase("Every witness is compared, the stores are verified") as phase:
            compare_day(book, said, self._district.offices, self._chosen, story.withdrawn)
            self._district.stop_nodes()
            compare_stores(book, said, self._district.verify())
            phase.finish(f"{book.made} comparisons, {len(book.differences)} differences")
        if not self._chosen.keep:
            with self._progress.phase("The district stops"):
                self._supervisor.stop_all()
        self._tell(said, story, book.differences)
        return book.differences

    def _tell(self, said, story, differences):
        report = figures.totals(said, self._progress.seconds())
        report["differences"] = differences
        if self._chosen.report:
            with open(self._chosen.report, "w", encoding="utf-8") as file:
                json.dump(report, file, indent=2, ensure_ascii=False)
                file.write("\n")
        print(f"\n{table.day_table(said, self._district.offices)}\n")
        print(table.summary(report, story.doubt_answer))
        for difference in differences:
            print(f"DIFFERENCE {difference}")
        sys.stdout.flush()

    def keep(self):
        """Starts the nodes again, with cards left to print today, and says where they answer."""
        self._district.double_duty()
        self._district.start_nodes()
        print(table.addresses(self._district, os.getpid()))
        sys.stdout.flush()


def _stop_on_signals(supervisors):
    """Ctrl-C and the like end all waits and calls of whatever supervisor is there, then this."""
    def stop(_, __):
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        for supervisor in supervisors:
            supervisor.cancel()
        raise Cancelled("stopped before the day was over")
    for number in STOPPING:
        signal.signal(number, stop)


def _play(chosen, keeper):
    supervisors = []
    _stop_on_signals(supervisors)
    folder = DataFolder(chosen.data)
    served = kept = False
    try:
        folders = Folders(folder.path, folder.sockets)
        supervisors.append(Supervisor(folders.logs))
        day = Day(chosen, folders, supervisors[0])
        code = 1 if day.run() else 0
        served = code == 0 and not keeper
        if keeper:
            day.keep()
            keeper.hand_over(code, os.path.join(folders.logs, "keeper.log"))
            kept = True
            signal.pause()
        return code
    except Cancelled:
        if kept:
            return 0
        raise
    finally:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        for supervisor in supervisors:
            supervisor.stop_all()
        folder.close(remove=served)
        if not served and not kept:
            print(f"The district's files are in {folder.path}", file=sys.stderr)


def main():
    chosen = options.parse(sys.argv[1:])
    keeper = become_keeper() if chosen.keep else None
    try:
        return _play(chosen, keeper)
    except Failure as failure:
        print(f"quickstart: {failure}", file=sys.stderr)
        return 130 if isinstance(failure, Cancelled) else 1


if __name__ == "__main__":
    sys.exit(main())
