"""What may be asked of the working day."""

import argparse
import os

import datafolder
from failure import Failure

MAX_PRRS = 1_000_000
MAX_CARDS = 1000
# An office keeps enough records for its cards, however they fall on the kecamatan.
PRRS_PER_CARD = 20
MIN_CARDS = 3
BLANKS_PER_OFFICE = 1600


def parse(arguments):
    """The options; wrong ones end the program with exit code 2 and one sentence."""
    parser = argparse.ArgumentParser(
        prog="deploy/quickstart", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Builds Keping and plays the first working day of the district of Bangli on this\n"
        "machine: a national simulator, a central node, five offices with a printer each.",
        epilog="Examples:\n"
        "  deploy/quickstart\n"
        "  deploy/quickstart --report day.json --data day\n"
        "  deploy/quickstart --prrs 200 --cards 4 --keep\n\n"
        "Exit codes: 0 all agrees, 1 a difference or a failure, 2 wrong usage.")
    parser.add_argument("--keep", action="store_true",
                        help="leave the district running and say where it answers")
    parser.add_argument("--report", metavar="FILE", type=_new_file,
                        help="write the figures there as JSON")
    parser.add_argument("--prrs", metavar="N", type=_number(60, MAX_PRRS), default=13387,
                        help="print-ready records of the district; default %(default)s")
    parser.add_argument("--cards", metavar="N", type=_number(MIN_CARDS, MAX_CARDS), default=50,
                        help="cards that each printer may print a day; default %(default)s")
    parser.add_argument("--seed", metavar="N", type=_number(0, 2**63 - 1), default=1,
                        help="the same seed gives the same records and blanks; default %(default)s")
    parser.add_argument("--data", metavar="DIR", type=_data_folder,
                        help="where the district's files stay; default: a temporary folder, removed "
                        "after a good day without --keep")
    parser.add_argument("--bin", metavar="DIR", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.prrs < PRRS_PER_CARD * options.cards:
        parser.error(f"got --prrs {options.prrs} for --cards {options.cards}, want at least "
                     f"{PRRS_PER_CARD * options.cards} records, so that every office has enough")
    if options.check:
        parser.exit()
    return options


def _number(least, most):
    def read(text):
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"got {text!r}, want a number from {least} to {most}")
        return int(text)
    return read


def _data_folder(text):
    path = os.path.abspath(text)
    try:
        datafolder.check(path)
    except (Failure, OSError) as problem:
        raise argparse.ArgumentTypeError(str(problem).removeprefix("--data: ")) from problem
    return path


def _new_file(text):
    path = os.path.abspath(text)
    if os.path.isdir(path) or not os.access(os.path.dirname(path), os.W_OK):
        raise argparse.ArgumentTypeError(f"got {text!r}, want a file in a folder that can be written")
    return path
