"""A bad line between two network namespaces, for real programs that know nothing of it.

    with LossyLink(delay_ms=300, loss_percent=5, rate_kbit=30) as line:
        centre = Popen(line.at("far", [...]))      # reachable at line.FAR
        edge = Popen(line.at("near", [...]))       # its packets cross the line
        line.cut(); line.forget(); line.heal(); line.counts()     # {"near_bytes": …, "near_lost": …, …}

The namespaces are nobody's: they go with the line and with the programs in them. Forbidden says why
this machine does not allow them.
"""

import os
import shutil
import subprocess

PROGRAM = os.path.join(os.environ.get("KEPING_BIN", ""), "keping-lossy-link")
_FORBIDDEN = 3


class Forbidden(Exception):
    """The machine allows no namespaces or no TUN devices."""


class LossyLink:
    NEAR = "10.77.0.1"
    FAR = "10.77.0.2"

    def __init__(self, program=PROGRAM, **quality):
        """`quality`: the flags of keping-lossy-link, with underscores."""
        if shutil.which("nsenter") is None:
            raise Forbidden("got no nsenter, want the package util-linux")
        self._process = subprocess.Popen([program, *_flags(quality)], stdin=subprocess.PIPE, text=True,
                                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        said = self._process.stdout.readline()
        if not said.startswith("ready "):
            errors = self._process.communicate()[1]
            kind = Forbidden if self._process.returncode == _FORBIDDEN else RuntimeError
            raise kind(errors.strip())
        self._namespaces = dict(word.split("=", 1) for word in said.split()[1:])

    def at(self, end, command):
        """`command` as a command that runs at the end "near" or "far"."""
        return ["nsenter", "--net=" + self._namespaces[end], *command]

    def cut(self):
        self._tell("cut")

    def heal(self):
        self._tell("heal")

    def forget(self):
        """Whatever TCP connection there is gets a reset with its next packet."""
        self._tell("forget")

    def set(self, **quality):
        """As at the start, for what is sent from now on; what is not named is perfect."""
        self._tell(" ".join(_flags(quality) or ["--delay-ms", "0"]))

    def counts(self):
        """Of each end: packets, bytes, lost, dropped of what it sent, and the bytes that were carried."""
        return {name: int(value) for name, value in
                (word.split("=") for word in self._tell("counts").split())}

    def close(self):
        """Ends the line; programs at its ends stay, without one."""
        if self._process.poll() is None:
            self._process.communicate()

    def _tell(self, command):
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        if not answer or answer.startswith("error"):
            raise RuntimeError(f"got {answer!r} for {command!r}")
        return answer

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _flags(quality):
    return [word for name, value in quality.items()
            for word in ("--" + name.replace("_", "-"), str(value))]
