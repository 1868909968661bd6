"""When to kill: at any time, or while a link carries frames.

    moment = Moment(district, random)
    moment.name                  # "segments under way from susut"
    moment.wait()                # returns at that moment

A link's frames are in the kernel's buffers for microseconds, so they are not waited for by the nodes'
status: the relay in the link counts bytes, and the moment is up to some milliseconds after the first.
"""

# Patience for a link that has nothing to carry, in seconds.
_LONGEST = 2.5
_LOOK_SECONDS = 0.001
# From the first bytes of a frame to the kill, at most: receiving, verifying, fsync and answer.
_LATEST_MS = 12


class Moment:
    def __init__(self, district, random):
        self._supervisor = district.supervisor
        self._random = random
        self._node = random.choice(sorted(district.offices))
        self._link = district.links[self._node]
        kinds = {"any time": self._any_time, "segments under way from": self._going_up,
                 "receipts or feed under way to": self._coming_down,
                 "the link returns to": self._link_returns}
        kind = random.choices(list(kinds), (2, 3, 3, 2))[0]
        self.name = kind if kind == "any time" else f"{kind} {self._node}"
        self._wait = kinds[kind]

    def wait(self):
        self._wait()

    def _any_time(self):
        self._supervisor.pause(self._random.uniform(0, 1.5))

    def _going_up(self):
        self._supervisor.pause(self._random.uniform(0, 0.5))
        self._carried("up")

    def _coming_down(self):
        self._supervisor.pause(self._random.uniform(0, 0.5))
        self._carried("down")

    def _link_returns(self):
        """With the work of an outage behind it."""
        self._link.cut()
        self._supervisor.pause(self._random.uniform(0.3, 1.2))
        self._link.heal()
        # The first bytes are the handshake's; what follows them is Hello and the segments.
        self._carried("up")
        self._supervisor.pause(self._random.uniform(0, 0.06))

    def _carried(self, direction):
        before = self._link.bytes_carried()[direction]
        looks = int(_LONGEST / _LOOK_SECONDS / 2)
        for _ in range(looks):
            if self._link.bytes_carried()[direction] != before:
                break
            self._supervisor.pause(_LOOK_SECONDS)
        self._supervisor.pause(self._random.uniform(0, _LATEST_MS) / 1000)
