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
        phase = Phase(self, title)
        phase.show("")
        try:
            yield phase
        except BaseException:
            self._write(phase.line("failed"))
            raise
        self._write(phase.line(""))
        width = min(100, shutil.get_terminal_size().columns)
        for line in textwrap.wrap(phase.result, width - len(TITLE_INDENT) - 2):
            self._write(f"{TITLE_INDENT}  {line}")

    def show(self, line):
        if not self._live:
            return
        width = shutil.get_terminal_size().columns
        with self._lock:
            self._out.write(f"\r\x1b[K{line[:width - 1]}")
            self._out.flush()

    def _write(self, line):
        with self._lock:
            self._out.write(f"\r\x1b[K{line}\n" if self._live else f"{line}\n")
            self._out.flush()


class Phase:
    """One act. Thread-safe."""

    def __init__(self, progress, title):
        self._progress = progress
        self._title = title
        self.result = ""

    def line(self, detail):
        return f"{self._progress.seconds():7.1f} s {self._title}{':' if detail else ''} {detail}".rstrip()

    def show(self, detail):
        self._progress.show(self.line(detail))

    def finish(self, result):
        self.result = result or ""
