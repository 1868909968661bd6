"""Shows how the day goes: one line per act, live on a terminal, only the finished lines elsewhere.

    with progress.phase("Noon: links are cut") as phase:
        phase.show("12 of 50")        # on a terminal only
        phase.finish("all cut")
"""

import contextlib
import shutil
import sys
import textwrap
import threading
import time

TITLE_INDENT = " " * 10


class Progress:
    def __init__(self, out=sys.stdout):
        self._out = out
        self._live = out.isatty()
        self._began = time.monotonic()
        self._lock = threading.Lock()

    def seconds(self):
        return time.monotonic() - self._began

    @contextlib.contextmanager
    def phase(self, title):
        phase = Phase(self)
        phase.show(title)
        try:
            yield phase
        except BaseException:
            self._write(self._line(f"{title}: failed"))
            raise
        self._write(self._line(title))
        width = min(100, shutil.get_terminal_size().columns)
        for line in textwrap.wrap(phase.result, width - len(TITLE_INDENT) - 2):
            self._write(f"{TITLE_INDENT}  {line}")

    def show(self, text):
        if not self._live:
            return
        line = self._line(text)
        width = shutil.get_terminal_size().columns
        with self._lock:
            self._out.write(f"\r\x1b[K{line[:width - 1]}")
            self._out.flush()

    def _line(self, text):
        return f"{self.seconds():7.1f} s {text}"

    def _write(self, line):
        with self._lock:
            self._out.write(f"\r\x1b[K{line}\n" if self._live else f"{line}\n")
            self._out.flush()


class Phase:
    """One act. Thread-safe."""

    def __init__(self, progress):
        self._progress = progress
        self.result = ""

    def show(self, detail):
        self._progress.show(detail)

    def finish(self, result):
        self.result = result or ""
