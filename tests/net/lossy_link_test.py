"""The line does what it is told: each fault is compared with a line without it, or has a bound that
physics sets and no busy machine can break."""

import json
import subprocess
import sys
import unittest

from lossy_link import Forbidden, LossyLink

PORT = "4000"
# Sends back what it gets, and says when it listens.
ECHO = """
import socket, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.bind(("0.0.0.0", int(sys.argv[1])))
    print("ready", flush=True)
    while True:
        data, sender = s.recvfrom(2048)
        s.sendto(data, sender)
"""
# Sends packets, a window at a time, and tells how many came back and how long that took.
PROBE = """
import json, socket, sys, time
host, port, count, size, window, patience = sys.argv[1], *map(int, sys.argv[2:6]), float(sys.argv[6])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(patience)
    begin, back = time.monotonic(), 0
    for first in range(0, count, window):
        for _ in range(window):
            s.sendto(bytes(size), (host, port))
        try:
            for _ in range(window):
                s.recv(2048)
                back += 1
        except TimeoutError:
            pass
    print(json.dumps({"back": back, "seconds": time.monotonic() - begin}))
"""
# Answers every byte on every TCP connection.
ANSWER = """
import socket, sys, threading
def answer(one):
    while data := one.recv(1):
        one.sendall(data)
with socket.create_server(("0.0.0.0", int(sys.argv[1]))) as server:
    print("ready", flush=True)
    while True:
        # The end of a connection that was forgotten never hears of it.
        threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()
"""
# Says a byte when told to, on the connection that it has, and what came of it.
TALK = """
import socket, sys
one = None
for line in sys.stdin:
    one = one or socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=30)
    try:
        one.sendall(b"x")
        print("answered" if one.recv(1) else "closed", flush=True)
    except ConnectionResetError:
        one = None
        print("reset", flush=True)
"""


class LossyLinkTest(unittest.TestCase):

    def line(self, **quality):
        try:
            line = LossyLink(**quality)
        except Forbidden as reason:
            self.skipTest(str(reason))
        self.addCleanup(line.close)
        echo = subprocess.Popen(line.at("far", [sys.executable, "-c", ECHO, PORT]),
                                stdout=subprocess.PIPE, text=True)
        self.addCleanup(echo.communicate)
        self.addCleanup(echo.kill)
        self.assertEqual(echo.stdout.readline(), "ready\n")
        return line

    def probe(self, line, count, size, window=1, patience=30):
        words = [sys.executable, "-c", PROBE, line.FAR, PORT, count, size, window, patience]
        answer = subprocess.run(line.at("near", [str(word) for word in words]),
                                capture_output=True, text=True, timeout=120, check=True)
        return json.loads(answer.stdout)

    def test_delay_is_paid_by_every_round_trip(self):
        line = self.line(delay_ms=50)
        probe = self.probe(line, count=5, size=100)
        self.assertEqual(probe["back"], 5)
        self.assertGreaterEqual(probe["seconds"], 5 * 0.1)

    def test_rate_bounds_what_is_carried(self):
        line = self.line(rate_kbit=200, queue_bytes=65536)
        probe = self.probe(line, count=30, size=972, window=30)
        self.assertEqual(probe["back"], 30)
        # 30 packets of 1,000 bytes with their headers.
        self.assertGreaterEqual(probe["seconds"], 30 * 1000 * 8 / 200_000)

    def test_full_queue_drops(self):
        line = self.line(rate_kbit=200, queue_bytes=4000)
        back = self.probe(line, count=30, size=972, window=30, patience=1)["back"]
        self.assertEqual(line.counts()["near_dropped"], 30 - back)
        self.assertGreater(line.counts()["near_dropped"], 15)

    def test_loss_takes_its_share(self):
        line = self.line(loss_percent=20)
        back = self.probe(line, count=400, size=100, window=100, patience=1)["back"]
        counts = line.counts()
        self.assertEqual(counts["near_lost"] + counts["far_lost"], 400 - back)
        self.assertTrue(40 <= counts["near_lost"] <= 130, counts)

    def test_good_line_loses_nothing(self):
        line = self.line()
        self.assertEqual(self.probe(line, count=400, size=100, window=20)["back"], 400)
        self.assertEqual(line.counts()["near_bytes"], 400 * 128)
        self.assertEqual(line.counts()["far_carried"], 400 * 128)

    def test_cut_lets_nothing_through_until_it_heals(self):
        line = self.line()
        line.cut()
        self.assertEqual(self.probe(line, count=2, size=100, patience=0.1)["back"], 0)
        line.heal()
        self.assertEqual(self.probe(line, count=2, size=100)["back"], 2)

    def test_forgotten_connection_is_reset_and_a_new_one_is_not(self):
        line = self.line()
        answer = subprocess.Popen(line.at("far", [sys.executable, "-c", ANSWER, PORT]),
                                  stdout=subprocess.PIPE, text=True)
        self.addCleanup(answer.communicate)
        self.addCleanup(answer.kill)
        self.assertEqual(answer.stdout.readline(), "ready\n")
        talk = subprocess.Popen(line.at("near", [sys.executable, "-c", TALK, line.FAR, PORT]),
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(talk.communicate)
        said = []
        for forget in (False, True, False):
            if forget:
                line.forget()
            talk.stdin.write("go\n")
            talk.stdin.flush()
            said.append(talk.stdout.readline().strip())
        self.assertEqual(said, ["answered", "reset", "answered"])

    def test_quality_can_change(self):
        line = self.line(loss_percent=100)
        self.assertEqual(self.probe(line, count=2, size=100, patience=0.1)["back"], 0)
        line.set()
        self.assertEqual(self.probe(line, count=2, size=100)["back"], 2)
        with self.assertRaisesRegex(RuntimeError, "speed"):
            line.set(speed=3)

    def test_wrong_command_is_told(self):
        line = self.line()
        with self.assertRaisesRegex(RuntimeError, "want cut, heal, forget or counts"):
            line._tell("snip")


if __name__ == "__main__":
    unittest.main()
