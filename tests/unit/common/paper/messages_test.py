"""Every text of a paper is in both catalogues and is used, and every text that a paper asks for is there."""

import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[4]
CATALOGUES = ROOT / "common/paper/messages"
# Those that ask for texts.
FOLDERS = ("common/paper", "central_node/papers", "central_node/console", "edge_node/papers")
# Asked for with what a program calls them: month.4, account.district_stock.
FAMILIES = ("month.", "weekday.", "account.")
KEY = re.compile(r'"([a-z][A-Za-z]*(?:\.[A-Za-z]+)+)"')


def asked_for():
    keys = set()
    for folder in FOLDERS:
        for source in (ROOT / folder).glob("*.cc"):
            keys.update(KEY.findall(source.read_text(encoding="utf-8")))
    return keys


class MessagesTest(unittest.TestCase):
    def setUp(self):
        self.indonesian = json.loads((CATALOGUES / "id.json").read_text(encoding="utf-8"))
        self.english = json.loads((CATALOGUES / "en.json").read_text(encoding="utf-8"))

    def test_both_have_the_same_keys(self):
        self.assertEqual(set(self.indonesian), set(self.english))

    def test_none_is_unused(self):
        asked = asked_for()
        unused = [key for key in self.indonesian
                  if key not in asked and not key.startswith(FAMILIES)]
        self.assertEqual(unused, [])

    def test_none_is_missing(self):
        areas = {key.split(".")[0] for key in self.indonesian}
        missing = [key for key in asked_for()
                   if key.split(".")[0] in areas and key not in self.indonesian]
        self.assertEqual(missing, [])


if __name__ == "__main__":
    unittest.main()
