"""The offices and villages of kabupaten Bangli, and which act of the day falls to which of them."""

import csv
import os
from typing import NamedTuple


class Place(NamedTuple):
    node: str
    name: str
    kecamatan_code: str  # empty: takes a share of every kecamatan


OFFICES = [
    Place("susut", "Susut", "51.06.01"),
    Place("bangli", "Bangli", "51.06.02"),
    Place("tembuku", "Tembuku", "51.06.03"),
    Place("kintamani", "Kintamani", "51.06.04"),
    Place("dinas", "Dinas", ""),
]

DISTRICT = "bangli"
LETTERHEAD = ["PEMERINTAH KABUPATEN BANGLI (CONTOH)", "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"]
SEAT = "Bangli"  # where papers are signed
APPLICATION_VERSION = "2017.1"

# The links of these are cut at noon.
OFFLINE = ("tembuku", "kintamani", "dinas")
# Prints a card badly.
SPOILS = "bangli"
# Is killed while a card is in its printer.
KILLED = "tembuku"
# Prints a record that was withdrawn while it could not know.
UNAWARE = "kintamani"
# Tries one card more than the printer's daily duty.
OVERREACHES = "dinas"


def villages():
    """Code and name of each."""
    with open(os.path.join(os.path.dirname(__file__), "..", "villages.csv"), encoding="utf-8") as file:
        return [(row["code"], row["name"]) for row in csv.DictReader(file)]


def operator_of(node):
    return f"op-{node}"


def printer_of(node):
    return f"{node}-1"
