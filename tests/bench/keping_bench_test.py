"""keping-bench as a command: every bench works in small, its answer is a list of figures, and a wrong
use of it is said in words."""

import json
import os
import subprocess
import tempfile
import unittest

BENCH = os.path.join(os.environ["KEPING_BIN"], "keping-bench")
KEYS = ["name", "value", "unit", "ceiling", "ceiling_name", "ratio", "conditions"]


def bench(*words):
    return subprocess.run([BENCH, *words], capture_output=True, text=True, timeout=280, check=False)


class KepingBenchTest(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="keping-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_every_bench_gives_its_figures_and_cleans_up(self):
        answer = bench("all", "--quick", "--json", "--dir", self.folder)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        wanted = {"render", "intent", "edge", "wire", "wire,", "uplink", "idle", "storm-nodes,", "plan",
                  "judge", "verify"}
        # Some machines allow no network namespaces.
        if not answer.stderr.startswith("keping-bench: left out what is measured over a bad line"):
            self.assertEqual(answer.stderr, "")
            wanted |= {"slow-link", "first-sync", "storm,"}
        figures = json.loads(answer.stdout)
        for figure in figures:
            self.assertEqual(list(figure), KEYS)
            self.assertGreaterEqual(figure["value"], 0)
            self.assertTrue(figure["ceiling_name"] and figure["conditions"])
        names = {figure["name"].split()[0] for figure in figures}
        self.assertLessEqual(wanted, names)
        self.assertEqual(os.listdir(self.folder), [])

    def test_the_table_names_the_bar(self):
        answer = bench("render", "--quick", "--dir", self.folder)
        self.assertEqual(answer.returncode, 0)
        self.assertIn("bar <= 100 ms", answer.stdout)

    def test_help_lists_the_benches_with_examples(self):
        answer = bench("--help")
        self.assertEqual(answer.returncode, 0)
        self.assertIn("Examples:", answer.stdout)
        self.assertIn("  intent ", answer.stdout)

    def test_wrong_use_is_2_and_says_what_is_wanted(self):
        for words, wanted in ((["rendr"], "got bench \"rendr\", want "), ([], "NAME is required")):
            answer = bench(*words)
            self.assertEqual((answer.returncode, answer.stdout), (2, ""))
            self.assertIn(wanted, answer.stderr)

    def test_a_folder_that_cannot_be_written_is_1(self):
        answer = bench("render", "--dir", os.path.join(self.folder, "missing"))
        self.assertEqual(answer.returncode, 1)
        self.assertIn("cannot make a folder in --dir", answer.stderr)


if __name__ == "__main__":
    unittest.main()
