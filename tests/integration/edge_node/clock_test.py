"""The duty guard of the real program, while its wall clock is set back and forward under it: not one
card more than the day's limit. The monotonic clock stays true, as a kernel's does.
"""

import glob
import json
import os
import unittest

from small_district import SmallDistrictTest, operator_of, NODE, printer_of

LIMIT = 3
SUPERVISOR = "op-kepala"


def faketime_library():
    found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    return found[0] if found else None


class ClockTest(SmallDistrictTest):
    PRRS = 20
    BLANKS = 20
    CARDS_PER_DAY = LIMIT

    def setUp(self):
        super().setUp()
        library = faketime_library()
        self.assertIsNotNone(library, "install the Debian package faketime (deploy/packages.txt)")
        self.clock = self.write("clock", "+0")
        self.EDGE_WRAPPER = ["env", f"LD_PRELOAD={library}", f"FAKETIME_TIMESTAMP_FILE={self.clock}",
                             "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_NO_CACHE=1"]

    def set_clock(self, offset):
        """Of the edge node only; in whole, so that it never reads half a line."""
        self.write("clock.new", offset)
        os.replace(self.path("clock.new"), self.clock)

    def cards_fed(self):
        return int(self.edge.status()["cards_fed"])

    def edge_call(self, *words):
        return self.keping("edge", *words, "--config", self.edge_config)

    def assert_refused(self):
        self.office.expect_refusal("K-113")

    def local_day(self):
        code, said, _ = self.edge_call("day", "show", "--json")
        self.assertEqual(code, 0)
        return json.loads(said)["local_day"]

    def test_no_clock_buys_a_card(self):
        self.start_office()
        for _ in range(LIMIT):
            self.print_card()
        self.assert_refused()
        today = self.local_day()
        for offset, days in (("+1d", 1), ("-1d", -1), ("+3d", 3), ("+0", 0), ("+2d", 2)):
            self.set_clock(offset)
            self.wait_until("the clock to be set", lambda: self.local_day() == today + days)
            self.assert_refused()
        # Nor does a restart of the program. (It starts with the true clock, since timers of the real
        # kernel stand still under a faked clock that is ahead.)
        self.set_clock("+0")
        self.kill_edge()
        self.start_edge()
        self.set_clock("+2d")
        self.wait_until("the clock to be set", lambda: self.local_day() == today + 2)
        self.assert_refused()
        self.assertEqual(self.cards_fed(), LIMIT)

        # A supervisor may allow one more, and no more than that.
        self.set_clock("+0")
        self.central.certify(SUPERVISOR, NODE, role="supervisor")
        self.wait_until("the supervisor on the roster", lambda: self.edge_call(
            "override", "--printer", printer_of(NODE), "--prints", "1", "--reason", "disaster",
            "--operator", SUPERVISOR)[0] == 0)
        self.print_card()
        self.assert_refused()

        # A date corrected by two persons gives nothing back.
        code, _, said = self.edge_call("day", "correct", "2017-01-01", "--operator", SUPERVISOR,
                                       "--second", operator_of(NODE))
        self.assertEqual(code, 0, said)
        self.assert_refused()
        self.assertEqual(self.cards_fed(), LIMIT + 1)
        self.assertEqual(len(self.printer.finished_cards()), LIMIT + 1)


if __name__ == "__main__":
    unittest.main()
