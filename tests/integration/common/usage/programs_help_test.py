"""The help of the programs that are nodes, in both languages: each command and flag has a text, each
text a place, and the environment or --lang decides. That of `keping` is in unit.help_test."""

import json
import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[4]
BIN = os.environ["KEPING_BIN"]
#   program            catalogues
PROGRAMS = {
    "keping-edge": "edge_node/app/messages",
    "keping-central": "central_node/app/messages",
}
COMMANDS = {"id": "Perintah", "en": "Commands"}


def run(*words, **environment):
    return subprocess.run([os.path.join(BIN, words[0]), *words[1:]], text=True, capture_output=True,
                          timeout=60, check=False, env={"PATH": os.environ["PATH"], **environment})


def pages(program, language):
    page = run(program, "--help", "--lang", language).stdout
    listed = re.search(rf"^{COMMANDS[language]}:\n((?:  .*\n)+)", page, re.MULTILINE).group(1)
    commands = re.findall(r"^  ([a-z-]+)", listed, re.MULTILINE)
    return [page, *(run(program, command, "--help", "--lang", language).stdout for command in commands)]


class ProgramsHelpTest(unittest.TestCase):

    def test_each_command_and_flag_has_its_text_and_each_text_its_place(self):
        for program, folder in PROGRAMS.items():
            for language in COMMANDS:
                texts = json.loads((ROOT / folder / f"{language}.json").read_text(encoding="utf-8"))
                shown = " ".join(" ".join(pages(program, language)).split())
                self.assertNotIn("‹", shown, program)
                for key, text in texts.items():
                    self.assertIn(" ".join(text.split()), shown, (program, language, key))

    def test_the_environment_decides_as_posix_orders_it(self):
        for environment, word in (({}, "Usage:"), ({"LANG": "id_ID.UTF-8"}, "Cara pakai:"),
                                  ({"LANG": "id_ID.UTF-8", "LC_ALL": "C.UTF-8"}, "Usage:"),
                                  ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "id_ID"}, "Cara pakai:"),
                                  ({"LANG": "id_ID", "LC_ALL": ""}, "Cara pakai:")):
            for program in ("keping", *PROGRAMS):
                self.assertIn(word, run(program, "--help", **environment).stdout, environment)

    def test_wrong_usage_is_said_in_the_language_too(self):
        answer = run("keping-edge", "dance", LANG="id_ID.UTF-8")
        self.assertEqual((answer.returncode, answer.stdout), (2, ""))
        self.assertIn("Lihat keping-edge --help.", answer.stderr)


if __name__ == "__main__":
    unittest.main()
