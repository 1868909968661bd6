"""Sets of blank serials in the text form of common/domain/serial_set.h.

expand("KPA-0000998..KPA-0001001,04A1B2C3D4E5F6") lists the five serials.
"""

import re

from failure import Failure

_NUMBER = re.compile(r"(.*?)([0-9]+)$")


def expand(text):
    """The serials of a set, one by one, in its order."""
    serials = []
    for item in text.split(",") if text else []:
        first, sign, last = item.partition("..")
        serials += _run(first, last) if sign else [item]
    return serials


def _run(first, last):
    begin, end = _NUMBER.match(first), _NUMBER.match(last)
    if not begin or not end or begin[1] != end[1] or len(begin[2]) != len(end[2]):
        raise Failure(f"got the range of serials {first}..{last}, want two that differ in number only")
    width = len(begin[2])
    return [f"{begin[1]}{number:0{width}}" for number in range(int(begin[2]), int(end[2]) + 1)]
