"""What `keping edge` is told of scans and readers by a real node without pcscd."""

import json
import subprocess
import unittest

from small_district import SmallDistrictTest

READERS = """
readers { counter: "loket-1" notation: READER_NOTATION_HEX reversed: true }
readers { counter: "loket-2" pcsc: "ACS" }
"""


class ReadersTest(SmallDistrictTest):
    EDGE_CONFIG = READERS

    def setUp(self):
        super().setUp()
        self.EDGE_WRAPPER = ["env", f"PCSCLITE_CSOCK_NAME={self.path('nobody')}"]

    def scan(self, field, typed, *more):
        """(exit code, output) of what came as a line."""
        done = subprocess.run(
            [self.program("keping"), "edge", "scan", field, *more, "--config", self.edge_config],
            input=typed + "\n", capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout + done.stderr

    def test_scans_are_judged_and_readers_listed(self):
        self.start_district()
        self.enrol()
        self.start_edge()
        for field, typed, more, text in (
                ("blank", "f6e5d4c3b2a104", ("--counter", "loket-1"), "04A1B2C3D4E5F6\n"),
                ("blank", "04a1b2c3d4e5f6", (), "04A1B2C3D4E5F6\n"),
                ("blanks", "A0001000..A0001002,DEADBEEF", (), "A0001000..A0001002,DEADBEEF\n"),
                ("nik", "5106014101900042", (), "5106014101900042\n"),
                ("list", "0123456789ABCDEF0123456789abcdef", (), "0123456789abcdef" * 2 + "\n")):
            self.assertEqual(self.scan(field, typed, *more), (0, text), typed)
        for field, typed, code in (("blank", "5106014101900042", "K-231"),
                                   ("blank", "0123456789abcdef" * 2, "K-236"),
                                   ("nik", "04A1B2C3D4E5F6", "K-236"),
                                   ("list", "DEADBEEF", "K-236")):
            exit_code, said = self.scan(field, typed)
            self.assertEqual(exit_code, 3, said)
            self.assertIn(code, said)
            self.assertNotIn(typed, said)

        code, said, _ = self.keping("edge", "readers", "--json", "--config", self.edge_config)
        self.assertEqual(code, 0)
        readers = {one["counter"]: one for one in json.loads(said)["readers"]}
        self.assertTrue(readers["loket-1"]["connected"])
        self.assertTrue(readers["loket-2"]["at_node"])
        self.assertEqual(readers["loket-2"]["problem"]["code"], "K-239")
        _, said, _ = self.keping("edge", "readers", "--config", self.edge_config)
        self.assertIn("K-239", said)


if __name__ == "__main__":
    unittest.main()
