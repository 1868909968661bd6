"""The folder of one run: fresh, with a mark of ours, and used by one run at a time.

    folder = DataFolder(options.data)     # None: a temporary one
    folder.path, folder.sockets
    folder.close(remove=True)
"""

import fcntl
import os
import shutil
import tempfile

from failure import Failure

MARK = "keping-working-day"
# A socket's path has at most 107 characters; the longest name of ours takes 20.
_MAX_SOCKET_FOLDER = 85


class DataFolder:
    def __init__(self, path):
        self.is_temporary = path is None
        self.path = path or tempfile.mkdtemp(prefix="keping-day-")
        self._lock = _claim(self.path)
        self.sockets = os.path.join(self.path, "run")
        self._short = len(self.sockets) > _MAX_SOCKET_FOLDER
        if self._short:
            self.sockets = tempfile.mkdtemp(prefix="keping-run-", dir="/tmp")
        else:
            os.makedirs(self.sockets, mode=0o700)

    def close(self, remove):
        """`remove` says whether a temporary folder has served its time."""
        if self._short:
            shutil.rmtree(self.sockets, ignore_errors=True)
        if remove and self.is_temporary:
            shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def check(path):
    """Failure when something lies at `path` that is not ours to empty."""
    if not os.path.exists(path):
        return
    if not os.path.isdir(path):
        raise Failure(f"--data: got {path}, which is a file, want a folder")
    if os.listdir(path) and not os.path.exists(os.path.join(path, MARK)):
        raise Failure(f"--data: got {path}, which holds other files, want a new or empty folder or "
                      "one of an earlier working day")


def _claim(path):
    """Empties what an earlier run left, never anything else, and locks the folder."""
    mark = os.path.join(path, MARK)
    check(path)
    try:
        os.makedirs(path, exist_ok=True)
        lock = os.open(mark, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Failure(f"--data: got {path}, which cannot be used ({error.strerror}), want a folder "
                      "that can be written") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as busy:
        raise Failure(f"--data: got {path}, where another working day runs, want another folder, or "
                      "stop that one first") from busy
    for name in os.listdir(path):
        if name != MARK:
            _remove(os.path.join(path, name))
    return lock


def _remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        os.unlink(path)
