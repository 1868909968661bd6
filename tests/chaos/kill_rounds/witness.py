"""What the edges showed as proven, and whether the centre still holds it.

    witness = Witness(district)
    witness.start(); witness.stop()           # looks all the time, in a thread of its own
    witness.missing_at_centre(verify_report)  # sentences
"""

import threading

from failure import Cancelled, Ended

_LOOK_SECONDS = 0.1


class Witness:
    """Of each node the highest entry that its status ever called proven."""

    def __init__(self, district):
        self._district = district
        self._shown = {}  # node -> entries
        self._stop = threading.Event()
        self._thread = None

    def start(self):
        self._stop.clear()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self):
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _watch(self):
        while not self._stop.is_set():
            for node, office in self._district.offices.items():
                try:
                    self.note(node, office.edge.status())
                except Cancelled:
                    return
                except Ended:
                    pass  # it was killed
            self._stop.wait(_LOOK_SECONDS)

    def note(self, node, status):
        proven = int(status["log_entries_proven"])
        self._shown[node] = max(proven, self._shown.get(node, 0))

    def acknowledged(self):
        """Entries that were ever shown as proven, of all nodes."""
        return sum(self._shown.values())

    def missing_at_centre(self, report):
        """`report` is what `keping verify` says of the centre's store; the hashes below each head it
        checks itself, and against the edges' logs when they are verified together."""
        central = next(one for one in report["stores"] if one["program"] == "central")
        held = {stream["node"]: int(stream["entries"]) for stream in central["streams"]}
        return [f"{node} showed {shown} entries as proven, the centre holds {held.get(node, 0)}"
                for node, shown in sorted(self._shown.items()) if held.get(node, 0) < shown]
