"""What a digest tells: lines of what is due, overdue, answered and unanswered. No I/O."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Self

from shared.settings import Links
from shared.timescales.catalogue import Catalogue
from shared.timescales.london import day_ends_at, london_date
from shared.timescales.wording import day_in_words, instant_in_words


class Counts(NamedTuple):
    """How many lines of each kind a digest has; None where none was put together."""

    due: int | None
    overdue: int | None
    answered: int | None
    unanswered: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A timescale's title, the London date or the hour in words, and the link to a child or an escalation."""

    title: str
    when: str
    link: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What is due, overdue, answered (it waits for the officer's decision), and unanswered (its time has run out); each
    the earliest first."""

    due: tuple[Line, ...]
    overdue: tuple[Line, ...]
    answered: tuple[Line, ...]
    unanswered: tuple[Line, ...]

    @classmethod
    def of(cls, rows: Iterable[Any], catalogue: Catalogue, links: Links, now: datetime) -> Self:
        """The rows of a digest's statement, as they stand at `now` (UTC)."""
        found: dict[str, list[Line]] = {name: [] for name in Counts._fields}
        for row in rows:
            found[_section(row, catalogue, now)].append(_line(row, catalogue, links))
        return cls(**{name: tuple(lines) for name, lines in found.items()})

    @property
    def counts(self) -> Counts:
        """How many lines of each kind."""
        return Counts(len(self.due), len(self.overdue), len(self.answered), len(self.unanswered))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(self.counts)


def _section(row: Any, catalogue: Catalogue, now: datetime) -> str:
    if row["what"] == "answer":
        return "answered"
    if row["at"] > now:
        return "due"
    return "unanswered" if catalogue.clock_stage(row["timescale"]) else "overdue"


def _line(row: Any, catalogue: Catalogue, links: Links) -> Line:
    link = (
        links.to_escalation(row["escalation_id"]) if row["escalation_id"] else links.to_child(row["child_id"])
    )
    if row["what"] == "answer":
        return Line("Answer to an escalation", f"sent {day_in_words(london_date(row['at']))}", link)
    timescale = catalogue.find(row["timescale"])
    return Line(
        timescale.title if timescale else row["timescale"], f"due {_when(row['on_day'], row['at'])}", link
    )


def _when(on: date, at: datetime) -> str:
    return day_in_words(on) if at == day_ends_at(on) else instant_in_words(at)
