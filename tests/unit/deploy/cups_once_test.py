"""deploy/cups/once: a backend of CUPS that begins each job at most once."""

import os
import pathlib
import subprocess
import tempfile
import unittest

ONCE = pathlib.Path(__file__).resolve().parents[3] / "deploy/cups/once"
UUID = "job-uuid=urn:uuid:81fdd53d-b4f5-3c05-722a-d6418e1f89a0"
OTHER = "job-uuid=urn:uuid:00000000-b4f5-3c05-722a-d6418e1f89a0"
CANCEL = 5


class CupsOnceTest(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "backend").mkdir()
        self.backend("card", 'echo "$0 $DEVICE_URI $*" >> "$CUPS_CACHEDIR/printed"; exit 4')

    def backend(self, name, script):
        path = self.folder / "backend" / name
        path.write_text("#!/bin/bash\n" + script + "\n")
        path.chmod(0o700)

    def run_once(self, options=UUID, copies="1", device="once:card:/tray", cache=None):
        environment = {"PATH": os.environ["PATH"], "DEVICE_URI": device,
                       "CUPS_SERVERBIN": str(self.folder),
                       "CUPS_CACHEDIR": str(cache or self.folder)}
        return subprocess.run([ONCE, "7", "keping", "act-1", copies, options, "/doc.pdf"],
                              env=environment, capture_output=True, text=True, timeout=60,
                              check=False)

    def printed(self):
        path = self.folder / "printed"
        return path.read_text().splitlines() if path.exists() else []

    def test_job_is_handed_to_the_real_backend_with_its_exit_code(self):
        self.assertEqual(self.run_once("a=1 " + UUID + " b=2").returncode, 4)
        self.assertEqual(len(self.printed()), 1)
        self.assertIn("card:/tray 7 keping act-1 1 a=1", self.printed()[0])

    def test_job_seen_before_is_cancelled(self):
        self.run_once()
        again = self.run_once("x=y " + UUID)
        self.assertEqual(again.returncode, CANCEL)
        self.assertIn("begun before", again.stderr)
        self.assertEqual(self.run_once(OTHER).returncode, 4)
        self.assertEqual(len(self.printed()), 2)

    def test_job_that_cannot_be_told_or_noted_is_cancelled(self):
        cases = {"no uuid": {"options": "a=1"},
                 "uuid of another attribute": {"options": "my-" + UUID},
                 "two copies": {"copies": "2"},
                 "no such backend": {"device": "once:usb://x"},
                 "itself": {"device": "once:once:card:/tray"},
                 "a path": {"device": "once:../card:/tray"},
                 "no folder": {"cache": "/proc/nowhere"}}
        for name, arguments in cases.items():
            with self.subTest(name):
                answer = self.run_once(**arguments)
                self.assertEqual(answer.returncode, CANCEL, answer.stderr)
                self.assertIn("ERROR: ", answer.stderr)
        self.assertEqual(self.printed(), [])

    def test_discovery_lists_nothing(self):
        answer = subprocess.run([ONCE], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual((answer.returncode, answer.stdout), (0, ""))


if __name__ == "__main__":
    unittest.main()
