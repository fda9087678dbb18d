"""Named places at which the process can be made to die, to prove that dying there loses nothing.

DUECARE_CRASHPOINT=after_commit kills the process, as `kill -9` would, the first time it comes by that place;
DUECARE_CRASHPOINT=after_send:300 the three hundredth time. Without the variable nothing happens.
"""

import os
import signal
from enum import StrEnum


class Crashpoint(StrEnum):
    """The places, in the order in which one deadline passes them; the last, where the calendar changes."""

    BEFORE_CLAIM = "before_claim"
    AFTER_CLAIM = "after_claim"
    AFTER_BREACH_INSERT = "after_breach_insert"
    AFTER_COMMIT = "after_commit"
    AFTER_RELAY = "after_relay"
    AFTER_DELIVERY_CLAIM = "after_delivery_claim"
    AFTER_SEND = "after_send"
    AFTER_MOVE = "after_move"


_at: Crashpoint | None = None
_left = 0


def arm(place: str) -> None:
    """Choose the place, written as in the environment; an empty text means nowhere."""
    global _at, _left
    name, _, time = place.partition(":")
    _at, _left = Crashpoint(name) if name else None, int(time or 1)


arm(os.environ.get("DUECARE_CRASHPOINT", ""))


def pass_by(point: Crashpoint) -> None:
    """Die here if this is the place, and the time, that was chosen."""
    global _left
    if point is not _at:
        return
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
