"""keping-central as a program: its flags, its one line, its exit codes."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import unittest

BIN = os.environ["KEPING_BIN"]
PATIENCE = 60  # seconds until a test that hangs fails; nothing waits for it to pass

CONFIG = """
district_id: "bangli" data_dir: "data" keys_dir: "keys"
sync_listen: "127.0.0.1:%d" enrolment_listen: "127.0.0.1:0"
national { address: "127.0.0.1:9" server_name: "national" ca_file: "national/ca.pem"
           certificate_file: "national/district.pem" key_file: "national/district.key" }
offices { node_id: "susut" name: "Kecamatan Susut" kecamatan_code: "51.06.01" }
"""


class KepingCentralTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.config = self.write(CONFIG % 0)
        subprocess.run([os.path.join(BIN, "keping-national-sim"), "make-keys", "--out",
                        os.path.join(self.folder, "national")], check=True, capture_output=True)

    def write(self, text):
        path = os.path.join(self.folder, "district.textproto")
        with open(path, "w") as file:
            file.write(text)
        return path

    def run_to_end(self, *arguments):
        done = subprocess.run([os.path.join(BIN, "keping-central"), *arguments], text=True,
                              capture_output=True, timeout=PATIENCE)
        return done.returncode, done.stdout, done.stderr

    def start(self):
        process = subprocess.Popen([os.path.join(BIN, "keping-central"), "--config", self.config],
                                   text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process, process.stdout.readline()

    def test_wrong_flags_and_configs_are_usage_errors(self):
        self.assertEqual(self.run_to_end()[0], 2)
        self.assertEqual(self.run_to_end("--config", self.config, "dance")[0], 2)
        self.assertEqual(self.run_to_end("--config", self.config + ".missing")[0], 2)
        self.write('district_id: "bangli"')
        code, _, complaint = self.run_to_end("--config", self.config, "--check-config")
        self.assertEqual(code, 2)
        for field in ("data_dir", "sync_listen", "national: got no address", "offices"):
            self.assertIn(field, complaint)

    def test_help_and_a_good_config_are_fine(self):
        code, text, _ = self.run_to_end("--help")
        self.assertEqual(code, 0)
        self.assertIn("ready SOCKET", text)
        self.assertEqual(self.run_to_end("--config", self.config, "--check-config")[0], 0)

    def test_it_starts_after_init_only_and_stops_when_asked(self):
        code, _, complaint = self.run_to_end("--config", self.config)
        self.assertEqual(code, 1)
        self.assertIn("init", complaint)
        code, text, _ = self.run_to_end("--config", self.config, "init")
        self.assertEqual(code, 0)
        self.assertRegex(text, r"^fingerprint ([0-9A-F]{4}-){4}[0-9A-F]{4}\n$")
        process, line = self.start()
        self.assertRegex(line, r"^ready .*/data/central\.sock sync=127\.0\.0\.1:\d+ "
                               r"enrolment=127\.0\.0\.1:\d+\n$")
        code, _, complaint = self.run_to_end("--config", self.config)
        self.assertEqual(code, 1)
        self.assertIn("another process", complaint)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(PATIENCE), 0)

    def test_a_killed_centre_starts_again(self):
        self.run_to_end("--config", self.config, "init")
        process, _ = self.start()
        process.kill()
        process.wait(PATIENCE)
        process, line = self.start()
        self.assertTrue(re.match("ready ", line), line)

    def test_a_port_that_is_taken_is_said(self):
        self.run_to_end("--config", self.config, "init")
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.write(CONFIG % taken.getsockname()[1])
            code, _, complaint = self.run_to_end("--config", self.config)
        self.assertEqual(code, 1)
        self.assertIn("configure another port", complaint)


if __name__ == "__main__":
    unittest.main()
