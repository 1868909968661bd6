"""Programs are started, watched and ended; none outlives its supervisor, however that ends."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from failure import Cancelled, Failure
from supervisor import Supervisor

READY = ["bash", "-c", "echo ready here; exec sleep 1000"]
# Starts a program, says its pid, waits to be killed.
LONELY = """
import sys, time
from supervisor import Supervisor
supervisor = Supervisor(sys.argv[1])
process = supervisor.start("lonely", ["bash", "-c", "echo ready now; exec sleep 1000"])
print(process.pid, flush=True)
time.sleep(1000)
"""


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pid):
    deadline = time.monotonic() + 20
    while is_running(pid):
        if time.monotonic() > deadline:
            raise AssertionError(f"process {pid} still runs")
        threading.Event().wait(0.01)


class SupervisorTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.supervisor = Supervisor(folder.name)
        self.addCleanup(self.supervisor.stop_all)

    def test_hands_over_what_the_program_said_when_ready(self):
        process = self.supervisor.start("one", READY)
        self.assertEqual(process.ready, "here")
        self.supervisor.stop([process])
        self.assertFalse(is_running(process.pid))

    def test_a_program_that_does_not_start_is_quoted(self):
        with self.assertRaisesRegex(Failure, "one ended by itself with 3 and said: no such key"):
            self.supervisor.start("one", ["bash", "-c", "echo no such key >&2; exit 3"])

    def test_a_program_that_falls_ends_every_wait(self):
        process = self.supervisor.start("one", READY)
        os.kill(process.pid, signal.SIGKILL)
        with self.assertRaisesRegex(Failure, "one ended by itself"):
            self.supervisor.wait_until("nothing", lambda: False, 20)

    def test_a_program_that_is_killed_on_purpose_does_not(self):
        self.supervisor.kill(self.supervisor.start("one", READY))
        self.assertEqual(self.supervisor.wait_until("it", lambda: "it", 20), "it")

    def test_a_wait_in_vain_says_for_what(self):
        with self.assertRaisesRegex(Failure, "waited 0 s for the link, in vain"):
            self.supervisor.wait_until("the link", lambda: False, 0)

    def test_calls_return_what_was_said(self):
        self.assertEqual(self.supervisor.run(["bash", "-c", "echo out; echo err >&2"]),
                         (0, "out\n", "err\n"))
        with self.assertRaisesRegex(Failure, "bash ended with 4 and said: err"):
            self.supervisor.run(["bash", "-c", "echo err >&2; exit 4"])
        self.assertEqual(self.supervisor.run(["bash", "-c", "exit 4"], accept=(4,))[0], 4)

    def test_stopping_ends_programs_waits_and_calls(self):
        process = self.supervisor.start("one", READY)
        ended = []

        def call():
            try:
                self.supervisor.run(["sleep", "1000"])
            except Cancelled:
                ended.append("call")
        thread = threading.Thread(target=call)
        thread.start()
        self.supervisor.stop_all()
        thread.join(20)
        self.assertEqual(ended, ["call"])
        self.assertFalse(is_running(process.pid))
        with self.assertRaises(Cancelled):
            self.supervisor.wait_until("anything", lambda: True, 1)

    def test_a_program_dies_with_a_killed_supervisor(self):
        keeper = subprocess.Popen([sys.executable, "-c", LONELY, self.folder],
                                  stdout=subprocess.PIPE, text=True)
        self.addCleanup(keeper.communicate)
        self.addCleanup(keeper.kill)
        pid = int(keeper.stdout.readline())
        self.assertTrue(is_running(pid))
        keeper.kill()
        wait_until_gone(pid)


if __name__ == "__main__":
    unittest.main()
