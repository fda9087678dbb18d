"""What the guidance says of an officer's caseload, and where a caseload stands against it."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

LEAST, MOST = 50, 70
"""Children to a full-time reviewing officer, both included."""
SOURCE = "IRO Handbook (2010), paragraph 7.15"
CONFIRMED = False  # recalled, and not read there


class Band(StrEnum):
    """Where the children to a full-time officer stand against the Handbook."""

    UNDER = "under"
    WITHIN = "within"
    OVER = "over"


def per_fte(children: int, fte: Decimal) -> Decimal | None:
    """Children to a full-time officer, to one decimal; None where nobody is in post."""
    if fte <= 0:
        return None
    return (Decimal(children) / fte).quantize(Decimal("0.1"), ROUND_HALF_UP)


def band(children: int, fte: Decimal) -> Band | None:
    """Where that stands, before it is rounded; None where nobody is in post."""
    if fte <= 0:
        return None
    if children < LEAST * fte:
        return Band.UNDER
    return Band.OVER if children > MOST * fte else Band.WITHIN
