"""Every text that is asked for by its key is in both catalogues of its folder, and none is there for
nothing. The help of the programs is keyed by command and flag: see unit.help_test and
integration.programs_help_test."""

import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[4]
KEY = re.compile(r'"([a-z][A-Za-z]*(?:\.[A-Za-z]+)+)"')
#    catalogues                the folders that ask        keys that are looked at      made with what a program
#                                                                                      calls them: month.4
CATALOGUES = {
    "common/paper/messages": (("common/paper", "central_node/papers", "central_node/console",
                               "edge_node/papers"), None, ("month.", "weekday.", "account.")),
    "common/usage/messages": (("common/usage",), None, ("type.",)),
    "common/cli/messages": (("common/cli",), "wrong.", ()),
}
# Refusals that every program may give, of common/usage.
SHARED = "common/usage/messages"


def texts(folder, language):
    return json.loads((ROOT / folder / f"{language}.json").read_text(encoding="utf-8"))


def asked_for(folders):
    keys = set()
    for folder in folders:
        for source in (ROOT / folder).glob("*.cc"):
            keys.update(KEY.findall(source.read_text(encoding="utf-8")))
    return keys


class UsedTest(unittest.TestCase):

    def test_both_have_the_same_keys(self):
        for folder in CATALOGUES:
            self.assertEqual(set(texts(folder, "id")), set(texts(folder, "en")), folder)

    def test_none_is_unused(self):
        for folder, (sources, only, families) in CATALOGUES.items():
            asked = asked_for(sources)
            unused = [key for key in texts(folder, "id") if key.startswith(only or "")
                      and key not in asked and not key.startswith(families)]
            self.assertEqual(unused, [], folder)

    def test_none_is_missing(self):
        shared = texts(SHARED, "id")
        for folder, (sources, only, _) in CATALOGUES.items():
            there = texts(folder, "id")
            areas = {only.rstrip(".")} if only else {key.split(".")[0] for key in there}
            missing = [key for key in asked_for(sources) if key.split(".")[0] in areas
                       and key not in there and not (only and key in shared)]
            self.assertEqual(missing, [], folder)


if __name__ == "__main__":
    unittest.main()
