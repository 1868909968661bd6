"""The nodes' APIs, through `keping … --json`.

    edge = EdgeApi(Keping(supervisor, "build/release/bin/keping"), "run/susut.sock")
    edge.status()["cards_fed"]          # "50": JSON keeps 64-bit numbers as text
"""

import json

from failure import Failure

REFUSED = 3
DIFFERENCES = 4


class Refused(Failure):
    """A rule forbids it. `code` is its K-code."""

    def __init__(self, code, sentence):
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence


class Keping:
    """The command. Thread-safe."""

    def __init__(self, supervisor, program):
        self._supervisor = supervisor
        self._program = program

    def ask(self, side, socket, *call):
        command = [self._program, side, *call, "--json", "--socket", socket]
        code, output, errors = self._supervisor.run(command, seconds=180, accept=(0, REFUSED))
        if code == REFUSED:
            raise _refusal(output, errors)
        return json.loads(output)

    def verify(self, central, edges, keys):
        """The report on the stores of stopped nodes; without a centre's if `central` is None."""
        command = [self._program, "verify", "--json", "--keys", keys]
        if central:
            command += ["--central", central]
        for edge in edges:
            command += ["--edge", edge]
        _, output, _ = self._supervisor.run(command, seconds=300, accept=(0, DIFFERENCES))
        return json.loads(output)


def _refusal(output, errors):
    if output.strip():
        refusal = json.loads(output)["refusal"]
        return Refused(refusal["code"], refusal["sentence"])
    code, _, sentence = errors.partition("keping: ")[2].strip().partition(": ")
    return Refused(code, sentence)


class CentralApi:
    def __init__(self, keping, socket):
        self.socket = socket
        self._keping = keping

    def _ask(self, *call):
        return self._keping.ask("central", self.socket, *call)

    def status(self):
        return self._ask("status")

    def stock(self):
        return self._ask("stock")

    def nodes(self):
        return {node["node"]: node for node in self._ask("nodes")["nodes"]}

    def compare_head(self, log, seq, code):
        return self._ask("compare-head", log, str(seq), code)

    def cases(self):
        return self._ask("cases")["cases"]

    def claims(self):
        return self._ask("claims").get("streams", [])

    def enrolment_code(self, node):
        """(code, fingerprint of the district's authority)"""
        answer = self._ask("enrol-code", node)
        return answer["code"], answer["authority_fingerprint"]

    def certify(self, operator, node, version="", role="operator"):
        """On the node's roster; without a version, not certified yet."""
        self._ask("operator", "add", operator, node, "--role", role)
        if version:
            self._ask("operator", "certify", operator, node, version)

    def first_password(self, operator, node, role="operator"):
        """A new one, which replaces the person's password at the node."""
        return self._ask("operator", "add", operator, node, "--role", role,
                         "--first-password")["first_password"]

    def first_officer(self, officer):
        """Makes the district's first administrator; returns the first password."""
        return self._ask("officer", "set", officer, "--role", "administrator")["first_password"]

    def dispatch(self, node, quantity, transfer=None):
        """The same call again under the same number sends nothing more."""
        self._ask("dispatch", node, "--quantity", str(quantity),
                  *(["--transfer", transfer] if transfer else []))

    def move_lease(self, prr, node, force=False):
        self._ask("move-lease", prr, node, *(["--force"] if force else []))


class EdgeApi:
    """As one operator of the office uses it."""

    def __init__(self, keping, socket, operator):
        self.socket = socket
        self._keping = keping
        self._operator = operator

    def _ask(self, call, *arguments):
        return self._keping.ask("edge", self.socket, call, *arguments)

    def _act(self, call, *arguments):
        return self._ask(call, *arguments, "--operator", self._operator)

    def status(self):
        return self._ask("status")

    def queue(self, limit):
        return self._ask("queue", "--limit", str(limit))["prrs"]

    def jobs(self):
        return self._ask("jobs", "--limit", "1000")["jobs"]

    def print_card(self, blank, wait=True, printer=None, prr=None):
        """The job, finished by the printer if `wait`; Refused when a check says no. `printer` may be
        left out where there is one; without `prr` it is the next record."""
        return self._act("print", "--blank", blank, *(["--wait"] if wait else []),
                         *(["--printer", printer] if printer else []), *(["--prr", prr] if prr else []))

    def resolve_good(self, act, blank, nik_tail):
        return self._act("resolve", act, "good", "--blank", blank, "--nik-tail", nik_tail)

    def resolve_spoiled(self, act):
        self._act("resolve", act, "spoiled", "--cause", "print")

    def resolve_unused(self, act):
        self._act("resolve", act, "unused")

    def transfers(self):
        return self._ask("transfers")["transfers"]

    def receive(self, transfer, scanned_file):
        return self._act("receive", transfer, "--scanned-file", scanned_file)

    def actions(self):
        return self._ask("actions")["actions"]

    def acknowledge(self, action):
        self._act("acknowledge", action)
