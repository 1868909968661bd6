"""The offices of kabupaten Bangli, and which act of the day falls to which of them."""

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


def operator_of(node):
    return f"op-{node}"


def printer_of(node):
    return f"{node}-1"
