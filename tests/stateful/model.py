"""The same story told to the pure engine: dictionaries of facts, the law, and the set of what was noticed late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from shared.deadlines.difference import deadline_id
from shared.deadlines.law import Law
from shared.timescales.calendar import ProclaimedDay
from shared.timescales.engine import Deadline, deadlines
from shared.timescales.facts import Fact

Key = tuple[str, UUID]
Shown = tuple[str, date, datetime, bool, str, date | None, bool]
"""A deadline as a page shows it: timescale, due day and instant, provisional, standing, closing day, breached."""

SOON = timedelta(days=7)
LATE = ("met_late", "ended_unmet")
PROTECTION = ("plan.", "conference.")


@dataclass
class Model:
    """`facts` are the standing facts of each history, by whoever told them; `breached` are the promises that were
    found broken and still are, with the instant (UTC) that each was for."""

    authority: str
    law: Law
    facts: dict[UUID, dict[str, list[Fact]]] = field(default_factory=dict)
    days: list[ProclaimedDay] = field(default_factory=list)
    breached: dict[Key, datetime] = field(default_factory=dict)

    def tell(self, history: UUID, teller: str, facts: Iterable[Fact]) -> None:
        """What somebody says of a history, whole: what they said before is taken back."""
        self.facts[history][teller] = list(facts)

    def deadlines(self) -> list[Deadline]:
        """What is promised now, history by history."""
        return [each for told in self.facts.values() for each in self._promised(told.values())]

    def noticed(self, now: datetime) -> None:
        """Everything that is broken at `now` is found to be."""
        self.breached = {key(each): each.due_at for each in self.deadlines() if is_broken(each, now)}

    def shown(self, now: datetime) -> dict[UUID, Shown]:
        """Every deadline as it must be shown at `now`, by its id; a breach that is none any more is forgotten."""
        found = self.deadlines()
        still = {key(each): each.due_at for each in found if is_broken(each, now)}
        self.breached = {which: at for which, at in self.breached.items() if still.get(which) == at}
        return {self.id_of(each): _shown(each, key(each) in self.breached, now) for each in found}

    def id_of(self, deadline: Deadline) -> UUID:
        kind = deadline.opened.start.kind
        shared = kind == "child.born" or kind.startswith("conference.")
        return deadline_id(
            self.authority, deadline.timescale, deadline.anchor, self._protection() if shared else None
        )

    def _protection(self) -> UUID:
        """The history of the child's protection: in no other does a birth or a conference start a clock."""
        told = (
            (history, fact) for history, all_ in self.facts.items() for each in all_.values() for fact in each
        )
        return next(history for history, fact in told if fact.kind.startswith(PROTECTION))

    def _promised(self, told: Iterable[Sequence[Fact]]) -> list[Deadline]:
        calendar = self.law.calendar.with_days(self.days)
        return deadlines([fact for facts in told for fact in facts], self.law.catalogue, calendar)

    def proclaim(self, day: ProclaimedDay) -> None:
        self.days.append(day)

    def take_back(self, on: date, today: date) -> None:
        """The day that stands on this date counts no more from today on."""
        self.days = [
            replace(day, withdrawn_on=today) if day.on == on and day.withdrawn_on is None else day
            for day in self.days
        ]


def key(deadline: Deadline) -> Key:
    return deadline.timescale, deadline.anchor


def is_broken(deadline: Deadline, now: datetime) -> bool:
    """Whether a promise was kept too late or not at all, or is open after its time."""
    if deadline.due_at > now:
        return False
    open_late = deadline.outcome == "open" and deadline.passing == "breach"
    return open_late or deadline.outcome in LATE


def _shown(deadline: Deadline, breached: bool, now: datetime) -> Shown:
    return (
        deadline.timescale,
        deadline.due_on,
        deadline.due_at,
        deadline.provisional,
        _standing(deadline, now),
        deadline.closed_on,
        breached,
    )


def _standing(deadline: Deadline, now: datetime) -> str:
    if deadline.outcome != "open":
        return deadline.outcome
    if deadline.due_at <= now:
        return "overdue" if deadline.passing == "breach" else "passed"
    return "due_soon" if deadline.due_at - now <= SOON else "in_time"
