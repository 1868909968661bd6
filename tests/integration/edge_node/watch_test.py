"""The district live, with real programs: `keping central watch` tells what changes, and goes on when the
centre was started anew."""

import json
import subprocess
import threading
import unittest

from small_district import NODE, SmallDistrictTest


class Watch:
    """`keping central watch --json` as it runs; keeps the picture as a screen would."""

    def __init__(self, program, socket):
        self._process = subprocess.Popen([program, "central", "watch", "--json", "--socket", socket],
                                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.messages = []
        self.offices = {}
        self.cases = {}
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self):
        for line in self._process.stdout:
            message = json.loads(line)
            picture = message["picture"]
            if message["whole"]:
                self.offices = {}
            for office in picture["offices"]:
                self.offices[office["node"]] = office
            if "cases" in picture:
                self.cases = {one["state"]: int(one["cases"]) for one in picture["cases"]["counts"]}
            self.messages.append(message)

    def stop(self):
        self._process.kill()
        self._process.wait()
        self._thread.join()
        self._process.stdout.close()


class WatchTest(SmallDistrictTest):
    def test_a_screen_sees_what_happens(self):
        self.start_office()
        watch = Watch(self.program("keping"), self.path("central.sock"))
        self.addCleanup(watch.stop)
        self.wait_until("the whole picture", lambda: NODE in watch.offices)
        self.assertTrue(watch.messages[0]["whole"])
        self.wait_until("the office to be ready", lambda: watch.offices[NODE]["lacks"] == [])
        self.assertTrue(watch.offices[NODE]["connected"])
        self.assertEqual(int(watch.offices[NODE]["blanks_left"]), self.DISPATCHED)

        self.print_card()
        self.wait_until("the card", lambda: watch.offices[NODE]["records_printed"] == "1")
        self.assertEqual(int(watch.offices[NODE]["blanks_left"]), self.DISPATCHED - 1)
        self.kill_edge()
        self.wait_until("the link to be gone", lambda: not watch.offices[NODE]["connected"])
        self.start_edge()
        self.wait_until("the link to be back", lambda: watch.offices[NODE]["connected"])

        self.national.withdraw(sorted(self.office.seen.prrs)[0])
        self.wait_until("the case", lambda: sum(watch.cases.values()) == 1)
        changes = [message for message in watch.messages if not message["whole"]]
        self.assertEqual([], [one for one in changes if not one["picture"]], "nothing is no line")

        # A centre that starts anew is found again, and its first word is the whole picture.
        runs = {message["run"] for message in watch.messages}
        self.assertEqual(len(runs), 1)
        self.stop_central()
        self.start_central()
        self.wait_until("the whole picture again",
                        lambda: watch.messages[-1]["run"] not in runs
                        and watch.offices[NODE]["connected"])
        again = next(one for one in watch.messages if one["run"] not in runs)
        self.assertTrue(again["whole"])
        self.assertEqual(sum(watch.cases.values()), 1)

    def test_one_look_is_a_page_of_text(self):
        self.start_district()
        self.enrol()
        code, said, complaint = self.keping("central", "watch", "--once", "--socket",
                                            self.path("central.sock"))
        self.assertEqual(code, 0, complaint)
        self.assertIn(f"{NODE}: no link", said)
        self.assertIn("lacks blanks, operator", said)
        for word in ("cases: none", "national server: ", "days: closed up to "):
            self.assertIn(word, said)


if __name__ == "__main__":
    unittest.main()
