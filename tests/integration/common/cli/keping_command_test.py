"""The promises of the `keping` command to scripts, through the program itself: exit codes, what goes
to which stream, JSON."""

import json
import os
import subprocess
import tempfile
import unittest

KEPING = os.path.join(os.environ["KEPING_BIN"], "keping")
FIXTURE = os.path.join(os.environ["KEPING_BUILD"], "tests", "keping_cli_fixture")
PRINT = ["edge", "print", "--operator", "op", "--blank", "A0001000"]


def keping(*words):
    return subprocess.run([KEPING, *words], capture_output=True, text=True, timeout=60, check=False)


def fixture(*words):
    return subprocess.run([FIXTURE, *words], capture_output=True, text=True, timeout=60, check=True)


class KepingCommandTest(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="keping-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.socket = os.path.join(self.folder, "edge.sock")

    def serve(self):
        node = subprocess.Popen([FIXTURE, "serve", self.socket], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)
        self.addCleanup(node.wait, 60)
        self.addCleanup(node.stdout.close)
        self.addCleanup(node.stdin.close)
        self.assertEqual(node.stdout.readline(), "ready\n")

    def make_store(self):
        store = os.path.join(self.folder, "db")
        with open(os.path.join(self.folder, "centre.pub"), "w", encoding="ascii") as key:
            key.write(fixture("store", store).stdout)
        return store

    def test_help_is_0(self):
        answer = keping("--help")
        self.assertEqual(answer.returncode, 0)
        self.assertIn("Exit codes", answer.stdout)

    def test_done_is_0(self):
        self.serve()
        answer = keping("edge", "status", "--socket", self.socket, "--json")
        self.assertEqual((answer.returncode, answer.stderr), (0, ""))
        status = json.loads(answer.stdout)
        self.assertEqual((status["node"], status["blanks_in_tray"]), ("susut", "0"))

    def test_a_node_that_does_not_run_is_1(self):
        answer = keping("edge", "status", "--socket", self.socket)
        self.assertEqual((answer.returncode, answer.stdout), (1, ""))
        self.assertIn("the node is not running", answer.stderr)

    def test_wrong_usage_is_2(self):
        for words in [], ["edge"], ["edge", "sttus"], ["edge", "status"], PRINT[:-2], ["verify"]:
            self.assertEqual(keping(*words).returncode, 2, words)

    def test_a_refused_print_is_3(self):
        self.serve()
        answer = keping(*PRINT, "--socket", self.socket)
        self.assertEqual((answer.returncode, answer.stdout), (3, ""))
        self.assertEqual(answer.stderr, "K-102: This operator is not certified.\n")

    def test_verify_is_0_and_4_after_damage(self):
        store = self.make_store()
        words = ["verify", "--edge", store, "--keys", self.folder]
        answer = keping(*words)
        self.assertEqual((answer.returncode, answer.stderr), (0, ""))
        self.assertIn("everything fits", answer.stdout)
        fixture("damage", store)
        answer = keping(*words, "--json")
        self.assertEqual(answer.returncode, 4)
        report = json.loads(answer.stdout)
        self.assertFalse(report["passed"])
        found = [(one["code"], one["place"]) for one in report["stores"][0]["differences"]]
        self.assertIn(("chain_broken", "log, entry 4"), found)

    def test_verify_without_a_store_is_1(self):
        answer = keping("verify", "--edge", os.path.join(self.folder, "nothing"))
        self.assertEqual((answer.returncode, answer.stdout), (1, ""))
        self.assertIn("no database at", answer.stderr)


if __name__ == "__main__":
    unittest.main()
