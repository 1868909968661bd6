"""SIGKILL in the middle of sync, hundreds of times. tests/chaos/kill starts it; README.md beside that
says what it shows.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from types import SimpleNamespace

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
# Both folders have an office.py: here it is that of the working day.
sys.path[1:1] = [os.path.join(ROOT, "deploy", "bangli", "working_day"),
                 os.path.join(ROOT, "tests", "chaos", "print_day")]

from district import Folders  # noqa: E402
from failure import Cancelled, Failure  # noqa: E402
from rounds import Rounds  # noqa: E402
from supervisor import Supervisor  # noqa: E402

# A round uses up a few records of the whole district, and a printer's duty is at most 1000.
RECORDS_A_ROUND = 4
MIN_RECORDS = 60
DUTY = 1000


def _options():
    parser = argparse.ArgumentParser(
        prog="tests/chaos/kill", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Kills edge nodes and the centre of a district of real programs in the middle of\n"
        "their sync, and proves after each round that nothing was lost and nothing happened twice.",
        epilog="Examples:\n  tests/chaos/kill --rounds 20 --seed 7\n"
        "  tests/chaos/kill --rounds 500 --seed 1 --json\n\n"
        "Build first: ninja -C build/release keping keping-edge keping-central "
        "keping-national-sim\nExit codes: 0 all agrees, 1 a difference or a failure, 2 wrong usage.")
    parser.add_argument("--rounds", type=int, default=20, help="default %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="default %(default)s")
    parser.add_argument("--first", type=int, default=1, metavar="ROUND",
                        help="begin with the draws of this round, on a fresh district; default 1")
    parser.add_argument("--json", action="store_true", help="a line of JSON per round and one in the end")
    parser.add_argument("--bin", required=True, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.rounds < 1 or chosen.first < 1:
        parser.error(f"got --rounds {chosen.rounds} --first {chosen.first}, want 1 or more")
    return chosen


def _play(chosen, rounds, summary):
    """Until the first round that does not agree. Returns whether all did."""
    rounds.open()
    for number in range(chosen.first, chosen.first + chosen.rounds):
        began = time.monotonic()
        summary["round"] = number
        report = {**rounds.play(number), "seconds": round(time.monotonic() - began, 1)}
        _tell_round(report, chosen.json)
        if report["differences"]:
            return False
        summary.update(rounds=summary["rounds"] + 1, acknowledged=report["acknowledged"])
    return True


def _tell_round(report, as_json):
    if as_json:
        print(json.dumps(report))
    else:
        print(f"round {report['round']}: {report['moment']}; killed {', '.join(report['killed'])}; "
              f"{report['acknowledged']} entries acknowledged, {report['seconds']} s")
        for difference in report["differences"]:
            print(f"  DIFFERENCE {difference}")
    sys.stdout.flush()


def _tell_end(summary, rounds, chosen, agreed):
    kills = dict(sorted(rounds.kills.items()))
    if chosen.json:
        print(json.dumps({**summary, "seed": chosen.seed, "kills": kills, "cards": rounds.cards,
                          "evening_kills": rounds.evening_kills, "agreed": agreed}))
    else:
        print(f"seed {chosen.seed}: {summary['rounds']} of {chosen.rounds} rounds agree; "
              f"{sum(kills.values())} SIGKILLs in the middle of work "
              f"({', '.join(f'{node} {count}' for node, count in kills.items())}) and "
              f"{rounds.evening_kills} to programs at rest; {summary['acknowledged']} entries "
              f"acknowledged, {rounds.cards} good cards, {summary['seconds']} s")
    if not agreed and summary["round"]:
        number = summary["round"]
        print(f"kill: round {number} of seed {chosen.seed} fails. The way there: tests/chaos/kill "
              f"--seed {chosen.seed} --rounds {number}; its draws alone, on a fresh district: "
              f"tests/chaos/kill --seed {chosen.seed} --first {number} --rounds 1", file=sys.stderr)


def main():
    chosen = _options()
    # Sockets lie in it: the path must be short.
    folder = tempfile.mkdtemp(prefix="kkill-", dir="/tmp")
    os.makedirs(os.path.join(folder, "run"), mode=0o700)
    folders = Folders(folder, os.path.join(folder, "run"))
    supervisor = Supervisor(folders.logs)
    signal.signal(signal.SIGTERM, lambda *_: supervisor.cancel())
    wanted = SimpleNamespace(
        seed=chosen.seed, bin=chosen.bin, cards=DUTY,
        prrs=max(MIN_RECORDS, RECORDS_A_ROUND * chosen.rounds))
    rounds = Rounds(wanted, ROOT, folders, supervisor)
    summary = {"rounds": 0, "round": 0, "acknowledged": 0}
    began = time.monotonic()
    agreed = False
    try:
        agreed = _play(chosen, rounds, summary)
    except Cancelled:
        print("kill: stopped before its last round", file=sys.stderr)
        summary["round"] = 0  # it says nothing of the round under way
    except Failure as failure:
        print(f"kill: {failure}", file=sys.stderr)
    finally:
        rounds.close()
        supervisor.stop_all()
        if agreed:
            shutil.rmtree(folder)
        else:
            print(f"The district's files are in {folder}", file=sys.stderr)
    summary["seconds"] = round(time.monotonic() - began, 1)
    _tell_end(summary, rounds, chosen, agreed)
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())
