"""A small working day from end to end, with the built programs: the report closes, nothing stays."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
OFFICES = 5
CARDS = 4
PRRS = 200
BLANKS = 8000


def command(*options):
    return [sys.executable, "-B", os.path.join(ROOT, "deploy", "bangli", "working_day"),
            "--bin", os.environ["KEPING_BIN"], "--prrs", str(PRRS), "--cards", str(CARDS), *options]


def processes_that_name(folder):
    """Pids of the processes with the folder in their command line."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as file:
                if folder in file.read() and int(pid) != os.getpid():
                    found.append(int(pid))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


def wait_until(condition, what):
    deadline = time.monotonic() + 60
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited 60 s for {what}")
        threading.Event().wait(0.1)


class QuickstartTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = os.path.join(folder.name, "day")
        self.report = os.path.join(folder.name, "report.json")

    def test_the_day_closes(self):
        ended = subprocess.run(command("--data", self.data, "--report", self.report),
                               stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        self.assertEqual(processes_that_name(self.data), [])
        with open(self.report, encoding="utf-8") as file:
            report = json.load(file)
        self.assertEqual(report["differences"], [])
        self.check_day(report)

    def check_day(self, report):
        """What the story asks for, whatever the doubt's answer was."""
        fed = OFFICES * CARDS
        wanted = {
            "prr_received": PRRS, "blanks_allotted": BLANKS, "nodes": OFFICES, "cards_fed": fed,
            "cards_good": fed - 1, "blanks_spoiled": 1, "blanks_in_node_stock": BLANKS - fed,
            "blanks_in_transit": 0, "blanks_district": 0, "blanks_in_doubt": 0,
            "blanks_unaccounted": 0, "conservation": "balanced", "doubts_opened": 1,
            "doubts_resolved": 1, "duty_refusals": 1, "training_refusals": OFFICES,
            "national_reported": fed, "national_confirmed": fed,
            "events_proven": report["events_sent"]}
        self.assertEqual({name: report[name] for name in wanted}, wanted)
        self.assertEqual([(case["kind"], case["state"]) for case in report["cases"]],
                         [("withdrawn_printed", "closed")])
        self.assertGreater(report["cards_printed_offline"], 0)
        self.assertGreater(report["bytes_uplink"], 0)

    def test_a_killed_day_leaves_no_process(self):
        self.kill_a_day(processes=OFFICES + 1, environment=os.environ)

    def test_a_day_killed_while_it_starts_leaves_no_process(self):
        """Each program is slow in asking the kernel to end it with its parent."""
        slow = os.path.join(os.path.dirname(self.data), "setpriv")
        with open(slow, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\nsleep 0.3\nexec {shutil.which("setpriv")} "$@"\n')
        os.chmod(slow, 0o700)
        path = os.pathsep.join([os.path.dirname(slow), os.environ["PATH"]])
        self.kill_a_day(processes=2, environment={**os.environ, "PATH": path})

    def kill_a_day(self, processes, environment):
        day = subprocess.Popen(command("--data", self.data), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env=environment)
        self.addCleanup(day.kill)
        wait_until(lambda: len(processes_that_name(self.data)) >= processes,
                   "the district to start")
        day.send_signal(signal.SIGKILL)
        day.wait()
        wait_until(lambda: not processes_that_name(self.data), "the programs to end")


if __name__ == "__main__":
    unittest.main()
