"""deploy/install_packages against a dpkg, apt-get and npm of our own: nothing is installed."""

import os
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
TOOLS = ["bash", "cat", "comm", "dirname", "env", "grep", "sed", "sort"]
LIST = "# build\ng++\ncmake  # makes\n\nnpm\n"


class InstallPackagesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        os.mkdir(self.file("bin"))
        for tool in TOOLS:
            os.symlink(shutil.which(tool), self.file("bin", tool))
        shutil.copy(os.path.join(ROOT, "deploy", "install_packages"), self.folder)
        with open(self.file("packages.txt"), "w", encoding="utf-8") as file:
            file.write(LIST)
        self.fake("id", "echo 0")
        self.fake("apt-get", 'echo "apt-get $*" >> "$LOG"')
        self.installed("")

    def file(self, *names):
        return os.path.join(self.folder, *names)

    def fake(self, name, script):
        with open(self.file("bin", name), "w", encoding="utf-8") as file:
            file.write(f"#!/bin/bash\n{script}\n")
        os.chmod(self.file("bin", name), 0o755)

    def installed(self, names):
        lines = "".join(f"installed {name}\\n" for name in names.split())
        self.fake("dpkg-query", f"printf 'config-files old\\n{lines}'")

    def run_it(self, *arguments):
        environment = {"PATH": self.file("bin"), "LOG": self.file("log")}
        return subprocess.run([self.file("install_packages"), *arguments], env=environment, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)

    def calls(self):
        if not os.path.exists(self.file("log")):
            return []
        with open(self.file("log"), encoding="utf-8") as file:
            return file.read().splitlines()

    def test_it_is_silent_when_nothing_is_missing(self):
        self.installed("g++ cmake npm")
        done = self.run_it()
        self.assertEqual((done.returncode, done.stdout, done.stderr, self.calls()), (0, "", "", []))

    def test_only_what_is_missing_is_installed_after_one_update(self):
        self.installed("g++")
        self.assertEqual(self.run_it().returncode, 0)
        update, install = self.calls()
        self.assertTrue(update.endswith(" update"), update)
        self.assertTrue(install.endswith(" install -y --no-install-recommends cmake npm"), install)

    def test_an_npm_from_elsewhere_stays(self):
        self.installed("g++ cmake")
        self.fake("npm", "")
        self.assertEqual(self.run_it().returncode, 0)
        self.assertEqual(self.calls(), [])

    def test_a_failed_update_does_not_stop_the_install(self):
        self.fake("apt-get", 'echo "$*" >> "$LOG"; [[ "$*" != *update ]]')
        done = self.run_it()
        self.assertEqual(done.returncode, 0)
        self.assertIn("update failed", done.stderr)
        self.assertEqual(len(self.calls()), 2)

    def test_a_failed_install_is_said_in_a_sentence(self):
        self.fake("apt-get", '[[ "$*" == *update ]]')
        done = self.run_it()
        self.assertEqual(done.returncode, 1)
        self.assertIn("could not install cmake g++ npm", done.stderr)

    def test_without_root_it_goes_through_sudo_or_says_so(self):
        self.fake("id", "echo 1000")
        done = self.run_it()
        self.assertEqual(done.returncode, 1)
        self.assertIn("needs root", done.stderr)
        self.fake("sudo", 'echo sudo >> "$LOG"; exec "$@"')
        self.assertEqual(self.run_it().returncode, 0)
        self.assertEqual(self.calls().count("sudo"), 2)

    def test_an_argument_is_refused(self):
        done = self.run_it("--force")
        self.assertEqual(done.returncode, 2)
        self.assertIn('got "--force", want no argument', done.stderr)


if __name__ == "__main__":
    unittest.main()
