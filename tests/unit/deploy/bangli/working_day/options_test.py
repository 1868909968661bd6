"""Wrong options end with exit code 2 and one sentence that says what was got and wanted."""

import contextlib
import io
import os
import tempfile
import unittest

import options


def refuse(arguments):
    """The exit code and the last line said."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        try:
            options.parse(["--bin", "bin", *arguments])
        except SystemExit as end:
            return end.code, said.getvalue().strip().splitlines()[-1]
    raise AssertionError(f"got {arguments} accepted")


class OptionsTest(unittest.TestCase):
    def test_the_defaults_are_the_case_of_bangli(self):
        chosen = options.parse(["--bin", "bin"])
        self.assertEqual((chosen.prrs, chosen.cards, chosen.seed), (13387, 50, 1))
        self.assertFalse(chosen.keep)
        self.assertIsNone(chosen.data)

    def test_wrong_values(self):
        for arguments, sentence in (
                (["--cards", "2"], "got '2', want a number from 3 to 1000"),
                (["--cards", "-5"], "got '-5', want a number from 3 to 1000"),
                (["--prrs", "many"], "got 'many', want a number from 60 to 1000000"),
                (["--prrs", "200", "--cards", "40"], "want at least 800 records"),
                (["--seed", "1.5"], "got '1.5'"),
                (["--report", "/"], "want a file in a folder that can be written"),
                (["--report", "no-such-folder/report.json"], "want a file in a folder"),
                (["--data", "/etc"], "which holds other files"),
                (["--data", "/etc/passwd"], "which is a file, want a folder"),
                (["--frobnicate"], "unrecognized arguments")):
            with self.subTest(arguments=arguments):
                code, line = refuse(arguments)
                self.assertEqual(code, 2)
                self.assertIn(sentence, line)

    def test_paths_are_from_where_the_command_was_given(self):
        with tempfile.TemporaryDirectory() as folder:
            before = os.getcwd()
            self.addCleanup(os.chdir, before)
            os.chdir(folder)
            chosen = options.parse(["--bin", "bin", "--data", "day", "--report", "day.json"])
            os.chdir(before)
            self.assertEqual(os.path.realpath(chosen.data),
                             os.path.join(os.path.realpath(folder), "day"))
            self.assertTrue(os.path.isabs(chosen.report))


if __name__ == "__main__":
    unittest.main()
