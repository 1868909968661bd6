"""The relay as a program: bytes go through and are counted, a cut drops and refuses, a heal ends it."""

import json
import os
import re
import socket
import socketserver
import subprocess
import tempfile
import threading
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
RELAY = os.path.join(ROOT, "deploy", "link_relay")
PATIENCE = 30  # seconds until a test that hangs fails; nothing waits for it to pass


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while data := self.request.recv(65536):
                self.request.sendall(data)
        except ConnectionError:
            pass


class EchoServer(socketserver.ThreadingTCPServer):
    daemon_threads = True


class LinkRelayTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "link.sock")
        server = EchoServer(("127.0.0.1", 0), Echo)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        self.relay = self.start("127.0.0.1:%d" % server.server_address[1])
        line = self.relay.stdout.readline()
        self.port = int(re.fullmatch(r"listening on 127\.0\.0\.1:(\d+)\n", line).group(1))

    def start(self, target, control=None):
        relay = subprocess.Popen(
            [RELAY, "--listen", "127.0.0.1:0", "--to", target, "--control", control or self.path],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(relay.communicate)
        self.addCleanup(relay.kill)
        return relay

    def command(self, text):
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(PATIENCE)
            control.connect(self.path)
            control.sendall(text.encode() + b"\n")
            return control.makefile().readline().strip()

    def connect(self):
        client = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        self.addCleanup(client.close)
        return client

    def exchange(self, client, data):
        client.sendall(data)
        received = b""
        while len(received) < len(data) and (part := client.recv(65536)):
            received += part
        return received

    def assert_dropped(self, client):
        try:
            self.assertEqual(client.recv(1), b"")
        except ConnectionResetError:
            pass

    def assert_refused(self):
        try:
            client = self.connect()
        except ConnectionResetError:
            return  # the reset was faster than the end of connecting
        self.assert_dropped(client)

    def test_bytes_go_through_and_are_counted(self):
        client = self.connect()
        self.assertEqual(self.exchange(client, b"hello"), b"hello")
        self.assertEqual(self.exchange(client, b"x" * 200000), b"x" * 200000)
        self.assertEqual(json.loads(self.command("bytes")), {"up": 200005, "down": 200005})

    def test_the_end_of_one_direction_is_carried_on(self):
        client = self.connect()
        client.sendall(b"last words")
        client.shutdown(socket.SHUT_WR)
        self.assertEqual(client.makefile("rb").read(), b"last words")

    def test_a_cut_drops_live_connections_and_refuses_new_ones_until_healed(self):
        clients = [self.connect(), self.connect()]
        for client in clients:
            self.assertEqual(self.exchange(client, b"a"), b"a")
        self.assertEqual(self.command("cut"), "ok")
        for client in clients:
            self.assert_dropped(client)
        self.assert_refused()
        self.assertEqual(self.command("heal"), "ok")
        self.assertEqual(self.exchange(self.connect(), b"b"), b"b")

    def test_a_target_that_is_absent_drops_the_client(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))  # bound but not listening: connecting is refused
            relay = self.start("127.0.0.1:%d" % unused.getsockname()[1], self.path + "2")
            self.port = int(relay.stdout.readline().rpartition(":")[2])
            self.assert_refused()

    def test_quit_ends_it_and_removes_the_control_socket(self):
        self.connect()
        self.assertEqual(self.command("quit"), "ok")
        self.assertEqual(self.relay.wait(PATIENCE), 0)
        self.assertFalse(os.path.exists(self.path))

    def test_a_signal_ends_it_cleanly_too(self):
        self.relay.terminate()
        self.assertEqual(self.relay.wait(PATIENCE), 0)
        self.assertFalse(os.path.exists(self.path))

    def test_the_socket_of_a_killed_relay_is_taken_over_and_that_of_a_live_one_is_not(self):
        second = self.start("127.0.0.1:1")
        self.assertEqual(second.wait(PATIENCE), 1)
        self.assertIn("want one that no other relay uses", second.stderr.read())
        self.relay.kill()
        self.relay.wait(PATIENCE)
        third = self.start("127.0.0.1:1")
        self.assertIn("listening on", third.stdout.readline())

    def test_an_unknown_command_is_answered_with_what_is_wanted(self):
        self.assertEqual(self.command("burn"), "error: got 'burn', want cut, heal, bytes or quit")

    def test_a_bad_address_is_refused_with_exit_code_2(self):
        relay = self.start("nowhere")
        self.assertEqual(relay.wait(PATIENCE), 2)
        self.assertIn("got 'nowhere', want HOST:PORT", relay.stderr.read())


if __name__ == "__main__":
    unittest.main()
