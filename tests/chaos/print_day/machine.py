"""The office's machine: a small disk of its own, a clock that can be set, a disk whose fsync can fail.

    machine = Machine(folder)
    machine.wrap(["keping-edge", "--config", path])   # the command under its faults
    machine.set_clock_back(hours=3); machine.set_clock_right()
    machine.fill_disk(leave_mb=0); machine.free_disk()
    machine.fail_fsync(pid)
    machine.close()

The disk is a tmpfs, mounted by root. libfaketime moves the wall clock only; libfiu makes fsync fail.
"""

import errno
import glob
import os
import subprocess

from failure import Failure

DISK_MB = 192
# Printing stops below this much free space.
RESERVE_MB = 48


class Machine:
    def __init__(self, folder):
        self.disk = os.path.join(folder, "disk")
        self._clock = os.path.join(folder, "clock")
        self._fiu = os.path.join(folder, "fiu")
        self._ballast = os.path.join(self.disk, "somebody-else.bin")
        self._hours_back = 0
        os.makedirs(self.disk, exist_ok=True)
        self._write_clock()
        _run("mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=0700", "keping-print-day", self.disk)

    def close(self):
        _run("umount", self.disk)

    def wrap(self, command):
        preload = [_library("faketime/libfaketimeMT.so.1"), _library("fiu/fiu_run_preload.so"),
                   _library("fiu/fiu_posix_preload.so")]
        return ["env", "LD_PRELOAD=" + ":".join(preload), f"FAKETIME_TIMESTAMP_FILE={self._clock}",
                "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
                f"FIU_CTRL_FIFO={self._fiu}", *command]

    def set_clock_back(self, hours):
        self._hours_back += hours
        self._write_clock()

    def set_clock_right(self):
        self._hours_back = 0
        self._write_clock()

    def _write_clock(self):
        with open(self._clock + ".new", "w", encoding="utf-8") as file:
            file.write(f"-{self._hours_back}h\n")
        os.replace(self._clock + ".new", self._clock)

    def fill_disk(self, leave_mb):
        """Somebody else's file takes all but so much, while the node goes on writing."""
        with open(self._ballast, "wb") as file:
            filled = False
            while not filled:
                free = os.statvfs(self.disk)
                size = free.f_bavail * free.f_frsize - (leave_mb << 20)
                try:
                    if size > 0:
                        os.posix_fallocate(file.fileno(), 0, size)
                    filled = True
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def free_disk(self):
        if os.path.exists(self._ballast):
            os.unlink(self._ballast)

    def fail_fsync(self, pid):
        """From now on, until the program ends."""
        for name in ("fsync", "fdatasync"):
            _run("fiu-ctrl", "-f", self._fiu, "-c", f"enable name=posix/io/sync/{name},failinfo=5",
                 str(pid))


def _library(name):
    found = glob.glob(f"/usr/lib/*/{name}") + glob.glob(f"/usr/lib/{name}")
    if not found:
        raise Failure(f"got no {name}, want it: apt-get install faketime fiu-utils")
    return found[0]


def _run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"{command[0]} ended with {done.returncode} and said: {done.stderr.strip()}")
