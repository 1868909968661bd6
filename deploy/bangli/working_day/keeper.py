"""Lets a district outlive the command that made it.

    role = fork()            # before any thread
    if role is parent: exit(role.wait())
    …
    role.hand_over(0)        # the command ends with 0, this process goes on

The command waits for the keeper, passes signals on to it, and takes it along if it dies before the
hand-over.
"""

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1


class Keeper:
    """The child's side."""

    def __init__(self, pipe):
        self._pipe = pipe

    def hand_over(self, code, log):
        """The command ends with `code`; what this process still has to say goes to the file `log`."""
        _die_with_parent(0)
        file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (file, 1), (file, 2)):
            os.dup2(source, target)
        os.write(self._pipe, bytes([code]))
        os.close(self._pipe)


def become_keeper():
    """Returns the Keeper in a new process; this one ends with that one's code."""
    reader, writer = os.pipe()
    command = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.setsid()
        _die_with_parent(signal.SIGTERM)
        if os.getppid() != command:
            os._exit(1)  # it died before the kernel was asked
        return Keeper(writer)
    os.close(writer)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: os.kill(child, received))
    code = os.read(reader, 1)
    if code:
        os._exit(code[0])
    # It ended without a hand-over.
    _, status = os.waitpid(child, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _die_with_parent(number):
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number)
