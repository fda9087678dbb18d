"""One line for what happened, by when something was due and how that ended: in a timeline as in a chronology."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from shared.timescales.kind import Precision
from shared.timescales.kinds import KINDS
from shared.timescales.timescale import Timescale
from shared.timescales.wording import day_in_words, instant_in_words

ENDED: Mapping[str, str] = MappingProxyType(
    {
        "met": "done in time",
        "met_late": "done, after its date",
        "ended": "no longer owed",
        "ended_unmet": "no longer owed, and not done by its date",
        "passed": "its date went by, and no duty was broken",
        "waived": "let go by a waiver",
    }
)
"""How a deadline ended, by its outcome."""


def happened(kind: str) -> str:
    """A sentence on a fact of this kind, such as 'A review was held.'; one that is gone is called by its code."""
    known = KINDS.get(kind)
    if known is None:
        return f"{kind}."
    said = known.occasion.removeprefix("when ")
    return f"{said[0].upper()}{said[1:]}."


def due_by(timescale: Timescale | None, on: date, at: datetime) -> str:
    """By when something was due: the London date `on`, or the instant `at` where the timescale is as close as that."""
    if timescale is not None and timescale.precision is Precision.INSTANT:
        return f"by {instant_in_words(at)}"
    return f"by the end of {day_in_words(on)}"
