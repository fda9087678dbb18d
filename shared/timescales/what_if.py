"""What moves if something were otherwise: other facts, another practice, another calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.timescales.calendar import Calendar
from shared.timescales.catalogue import Catalogue
from shared.timescales.engine import Deadline, deadlines
from shared.timescales.facts import Fact


class Change(StrEnum):
    """What becomes of a deadline: it is a new one, is due on another day, ends otherwise, or is owed no more."""

    OPENS = "opens"
    MOVES = "moves"
    ENDS_OTHERWISE = "ends_otherwise"
    FALLS_AWAY = "falls_away"


@dataclass(frozen=True, slots=True)
class Case:
    """One history's facts, and the law they are read by."""

    facts: tuple[Fact, ...]
    catalogue: Catalogue
    calendar: Calendar

    def deadlines(self) -> dict[tuple[str, UUID], Deadline]:
        """Every deadline, by timescale and anchor, in the order of their starts."""
        found = deadlines(self.facts, self.catalogue, self.calendar)
        return {(each.timescale, each.anchor): each for each in found}


@dataclass(frozen=True, slots=True)
class Move:
    """One deadline that differs: how it is in the one case and in the other; None where there is none."""

    timescale: str
    anchor: UUID
    before: Deadline | None
    after: Deadline | None

    @property
    def change(self) -> Change:
        """What becomes of it."""
        if self.before is None:
            return Change.OPENS
        if self.after is None:
            return Change.FALLS_AWAY
        return Change.ENDS_OTHERWISE if self.before.due_at == self.after.due_at else Change.MOVES


def moves(before: Case, after: Case) -> list[Move]:
    """What differs between two cases: first what was there before, then what opens, each in the order of the starts."""
    old, new = before.deadlines(), after.deadlines()
    keys = [*old, *(key for key in new if key not in old)]
    found = (Move(*key, old.get(key), new.get(key)) for key in keys)
    return [each for each in found if _differs(each)]


def _differs(move: Move) -> bool:
    return _told(move.before) != _told(move.after)


def _told(deadline: Deadline | None) -> Iterable[object]:
    if deadline is None:
        return ()
    return deadline.due_at, deadline.provisional, deadline.outcome, deadline.closed_on
