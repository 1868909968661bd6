"""A real office behind a socket (office_main.cc), for tests of the `keping` command.

    class MyTest(OfficeCase):
        def test_something(self):
            answer = self.done("print", "--blank", "A0003", "--operator", "ayu")   # its JSON
            self.printer_says(answer["act"], "completed")
            self.refused("K-121", "verify-card", …)
"""

import json
import os
import subprocess
import tempfile
import unittest

KEPING = os.path.join(os.environ["KEPING_BIN"], "keping")
OFFICE = os.path.join(os.environ["KEPING_BUILD"], "tests", "keping_cli_office")


class OfficeCase(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="keping-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.socket = os.path.join(self.folder, "edge.sock")
        self.node = subprocess.Popen([OFFICE, self.socket], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.node.wait, 60)
        self.addCleanup(self.node.stdout.close)
        self.addCleanup(self.node.stdin.close)
        self.assertEqual(self.node.stdout.readline(), "ready\n")

    def printer_says(self, act, answer):
        """What the printer reports of a job: accepted, completed, aborted, refused or unknown."""
        self.node.stdin.write(f"{answer} {act}\n")
        self.node.stdin.flush()
        self.assertEqual(self.node.stdout.readline(), "reported\n")

    def edge(self, *words, typed=b""):
        return subprocess.run([KEPING, "edge", *words, "--socket", self.socket], input=typed,
                              capture_output=True, timeout=60, check=False)

    def done(self, *words, typed=b""):
        answer = self.edge(*words, "--json", typed=typed)
        self.assertEqual((answer.returncode, answer.stderr), (0, b""), words)
        return json.loads(answer.stdout)

    def refused(self, code, *words):
        answer = self.edge(*words)
        self.assertEqual((answer.returncode, answer.stdout), (3, b""), words)
        self.assertIn(code.encode(), answer.stderr)
