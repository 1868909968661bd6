"""What stands around the nodes: links that can be cut, printers, and the national server."""

import json
import os
import random
import re
import socket

from failure import Failure

_NIK = re.compile(r"\b[0-9]{16}\b")
_PRINTER_STARTS = 5


class Link:
    """A TCP relay in the way of a connection; `address` is where to connect instead."""

    def __init__(self, supervisor, root, name, target, sockets):
        self._control = os.path.join(sockets, f"{name}-link.sock")
        self.process = supervisor.start(
            f"{name}-link",
            [os.path.join(root, "deploy", "link_relay"), "--listen", "127.0.0.1:0", "--to", target,
             "--control", self._control], ready="listening on ")
        self.address = self.process.ready

    def cut(self):
        self._order("cut")

    def heal(self):
        self._order("heal")

    def bytes_up(self):
        return self.bytes_carried()["up"]

    def bytes_carried(self):
        """By direction: "up" from who connects, "down" from the target."""
        return json.loads(self._order("bytes"))

    def _order(self, command):
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(10)
            control.connect(self._control)
            control.sendall(f"{command}\n".encode())
            answer = control.makefile().readline().strip()
        if answer.startswith("error") or not answer:
            raise Failure(f"the link relay answered {answer!r} to {command}")
        return answer


class CardPrinter:
    """A virtual IPP printer. What lies in its folders is what came out of it: the physical truth."""

    def __init__(self, supervisor, root, name, folder):
        self._supervisor = supervisor
        self._command = [os.path.join(root, "deploy", "virtual_printer", "run_virtual_printer"),
                         "--name", name, "--spool", folder]
        self._name = name
        self._control = os.path.join(folder, "control")
        self._held = 0
        self.process = self._start()
        self.uri = self.process.ready

    def _start(self):
        for attempt in range(_PRINTER_STARTS):
            try:
                # TERM, so that a printer whose supervisor is killed clears up its folder in /tmp.
                return self._supervisor.start(
                    self._name, [*self._command, "--port", str(free_port())], death_signal="TERM")
            except Failure as failure:
                # Somebody else took the port between our look and the printer's.
                if "which somebody serves already" not in str(failure) or attempt + 1 == _PRINTER_STARTS:
                    raise
        return None

    def print_slowly(self, seconds):
        """From the next card on."""
        self.set_mode(f"slow {seconds}")

    def hold(self):
        """The card that is held comes out, if there is one; the next is held until this is called again,
        or until it prints normally."""
        self._held += 1
        self.set_mode(f"hold {self._held}")

    def fail(self):
        """From the next card on: an error before anything is printed."""
        self.set_mode("fail")

    def hang(self):
        """The next card waits in the printer until it prints normally again, and does not come out."""
        self.set_mode("hang")

    def print_normally(self):
        self.set_mode("ok")

    def set_mode(self, mode):
        """As in deploy/virtual_printer/card_command."""
        path = os.path.join(self._control, "mode")
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(mode + "\n")
        os.replace(path + ".new", path)

    def started_jobs(self):
        """The acts whose job the printer began, in order; one that began twice is there twice."""
        try:
            with open(os.path.join(self._control, "journal"), encoding="utf-8") as file:
                return [line.split()[1] for line in file if line.endswith("\n")]
        except FileNotFoundError:
            return []

    def finished_cards(self):
        """The acts whose card came out."""
        try:
            names = os.listdir(os.path.join(self._control, "cards"))
        except FileNotFoundError:
            return set()
        return {name.removesuffix(".pdf") for name in names if name.endswith(".pdf")}

    def read_nik(self, act):
        """The NIK as it stands on the card of a job: personal data, in memory only."""
        path = os.path.join(self._control, "cards", f"{act}.pdf")
        _, text, _ = self._supervisor.run(["pdftotext", path, "-"])
        found = _NIK.search(text)
        if not found:
            raise Failure(f"got a card without a NIK ({path}), want one that a person can read")
        return found[0]


class NationalServer:
    """The simulator that plays the centre."""

    def __init__(self, supervisor, program, keys, options, blanks, *more):
        self._supervisor = supervisor
        self._program = program
        self.keys = keys
        supervisor.run([program, "make-keys", "--out", keys])
        self.process = supervisor.start(
            "national",
            [program, "--listen", "127.0.0.1:0", "--cert", keys + "/server.pem", "--key",
             keys + "/server.key", "--ca", keys + "/ca.pem", "--seed", str(options.seed), "--prrs",
             str(options.prrs), "--blanks", str(blanks), *more])
        self.address = self.process.ready

    def _control(self, command, *arguments):
        _, output, _ = self._supervisor.run([self._program, command, "--address", self.address,
                                             "--keys", self.keys, *arguments])
        return output

    def withdraw(self, prr):
        self._control("withdraw", "--prr", prr, "--reason", "move")

    def ledger(self):
        return {name: int(count) for name, count in json.loads(self._control("ledger")).items()}


def free_port():
    """Below the ports that the kernel gives out: what is switched off for a while keeps its port."""
    while True:
        port = random.randrange(10_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
