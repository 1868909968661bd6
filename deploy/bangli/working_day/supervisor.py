"""Starts the programs of a district, watches them, and leaves none behind.

    supervisor = Supervisor(logs)
    node = supervisor.start("susut", ["keping-edge", "--config", "susut.textproto"])
    node.ready                      # what the program said after "ready "
    supervisor.run(["keping", "edge", "status", …])
    supervisor.wait_until("susut is connected", lambda: …, seconds=30)
    supervisor.stop_all()

Every program gets a session of its own, so that Ctrl-C reaches this one only, and dies with this
process even when that is killed (deploy/die_with_parent). They die with the Supervisor as well: keep it
as long as them. Thread-safe.
"""

import concurrent.futures
import os
import signal
import subprocess
import threading
import time

from failure import Cancelled, Ended, Failure

START_SECONDS = 60
STOP_SECONDS = 15
CALL_SECONDS = 60
FIRST_POLL_SECONDS = 0.05
LAST_POLL_SECONDS = 0.5
_DIE_WITH_PARENT = os.path.join(
    os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "die_with_parent")


class Process:
    """A program that runs until it is stopped."""

    def __init__(self, name, popen, log, ready):
        self.name = name
        self.ready = ready
        self.pid = popen.pid
        self.popen = popen
        self.log = log
        self.may_end = False  # somebody is about to end it

    def is_running(self):
        return self.popen.poll() is None


class Supervisor:
    def __init__(self, logs):
        self._logs = logs
        self._lock = threading.RLock()  # a signal may come while it is held
        self._processes = []
        self._calls = set()
        self._cancelled = threading.Event()
        # The kernel's death signal comes when the thread that started a program ends, so all are
        # started by one thread that lasts.
        self._starter = concurrent.futures.ThreadPoolExecutor(1, "starter")

    def start(self, name, command, ready="ready ", death_signal="KILL"):
        """Returns once the program has printed a line that begins with `ready`."""
        output = os.path.join(self._logs, f"{name}.out")
        log = os.path.join(self._logs, f"{name}.log")
        popen = self._starter.submit(_spawn, command, output, log, death_signal).result()
        process = Process(name, popen, log, None)
        with self._lock:
            self._processes.append(process)
        process.ready = self.wait_until(
            f"{name} to be ready", lambda: _line_after(output, ready, process), START_SECONDS)
        return process

    def kill(self, process):
        """SIGKILL, as by a power cut; returns when the program is gone."""
        process.may_end = True
        process.popen.kill()
        process.popen.wait()
        self._forget(process)

    def stop(self, processes):
        """Asks the programs to end and waits for it; what does not end in time is killed."""
        for process in processes:
            process.may_end = True
            process.popen.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        stubborn = [process.name for process in processes if not _ended(process, deadline)]
        for process in processes:
            self._forget(process)
        if stubborn:
            raise Failure(f"got no end of {', '.join(stubborn)} within {STOP_SECONDS} s, want one "
                          "after SIGTERM; they were killed")

    def stop_all(self):
        """Ends everything, also calls under way. Never fails."""
        self.cancel()
        with self._lock:
            processes = list(self._processes)
        try:
            self.stop(processes)
        except Failure:
            pass
        self._starter.shutdown()

    def cancel(self):
        """All waits and calls, in whatever thread, end with Cancelled."""
        self._cancelled.set()
        with self._lock:
            for call in self._calls:
                call.kill()

    def run(self, command, seconds=CALL_SECONDS, accept=(0,), typed=None):
        """Runs a program to its end; returns (exit code, standard output, standard error). `typed`
        is its standard input, where passwords go that no other user of the machine shall read."""
        self._check_standing()
        call = subprocess.Popen(_with_death_signal(command, "KILL"),
                                stdin=subprocess.DEVNULL if typed is None else subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                start_new_session=True)
        with self._lock:
            self._calls.add(call)
            if self._cancelled.is_set():
                call.kill()
        try:
            output, errors = call.communicate(typed, timeout=seconds)
        except subprocess.TimeoutExpired as late:
            call.kill()
            call.communicate()
            raise Failure(f"got no answer from {_shown(command)} within {seconds} s") from late
        finally:
            with self._lock:
                self._calls.discard(call)
        if self._cancelled.is_set():
            raise Cancelled("stopped")
        if call.returncode not in accept:
            said = errors.strip() or output.strip() or "nothing"
            raise Ended(call.returncode,
                        f"{_shown(command)} ended with {call.returncode} and said: {said}")
        return call.returncode, output, errors

    def wait_until(self, what, condition, seconds):
        """The first value of `condition()` that counts as true; Failure after so many seconds."""
        deadline = time.monotonic() + seconds
        pause = FIRST_POLL_SECONDS
        while True:
            self._check_standing()
            value = condition()
            if value:
                return value
            if time.monotonic() > deadline:
                raise Failure(f"waited {seconds} s for {what}, in vain")
            self.pause(pause)
            pause = min(LAST_POLL_SECONDS, pause * 1.5)

    def pause(self, seconds):
        """Between two looks at something; ends early when all is cancelled."""
        self._cancelled.wait(seconds)

    def _check_standing(self):
        if self._cancelled.is_set():
            raise Cancelled("stopped")
        with self._lock:
            fallen = [one for one in self._processes if not one.may_end and not one.is_running()]
        if fallen:
            raise Failure(_obituary(fallen[0]))

    def _forget(self, process):
        _kill_group(process.pid)
        with self._lock:
            if process in self._processes:
                self._processes.remove(process)


def _spawn(command, output, log, death_signal):
    with open(output, "wb") as out, open(log, "ab") as err:
        return subprocess.Popen(_with_death_signal(command, death_signal), stdin=subprocess.DEVNULL,
                                stdout=out, stderr=err, start_new_session=True)


def _with_death_signal(command, death_signal):
    return [_DIE_WITH_PARENT, death_signal, str(os.getpid()), *command]


def _line_after(path, prefix, process):
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith(prefix) and line.endswith("\n"):
                return line[len(prefix):].strip()
    if not process.is_running():
        process.may_end = True
        raise Failure(_obituary(process))
    return None


def _obituary(process):
    with open(process.log, encoding="utf-8", errors="replace") as file:
        lines = file.read().strip().splitlines() or ["nothing"]
    return (f"{process.name} ended by itself with {process.popen.returncode} and said: {lines[-1]} "
            f"(all of it: {process.log})")


def _ended(process, deadline):
    try:
        process.popen.wait(max(0, deadline - time.monotonic()))
        return True
    except subprocess.TimeoutExpired:
        process.popen.kill()
        process.popen.wait()
        return False


def _kill_group(pid):
    """What a program may have left in its session."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _shown(command):
    """A command as a person would name it: its program and first words."""
    words = [os.path.basename(command[0])]
    for word in command[1:4]:
        if word.startswith("-"):
            break
        words.append(word)
    return " ".join(words)
