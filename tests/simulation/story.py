"""What a case system tells of a thousand children in a year, thrown by dice: some of it late, some of it wrong."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from shared.timescales.facts import Fact
from shared.timescales.london import london_date

FIRST_DAY = date(2026, 1, 5)
DAYS = 365
CASE = {"source": "case_system"}


@dataclass(frozen=True, slots=True)
class Told:
    """At this instant (UTC) the facts of one child's care become these."""

    at: datetime
    history: UUID
    facts: tuple[Fact, ...]


def year(chance: random.Random, children: int) -> list[Told]:
    """Everything that is told, in order."""
    told = [each for _ in range(children) for each in _child(chance, new_id(chance))]
    return sorted(told, key=lambda each: (each.at, each.history))


def new_id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _child(chance: random.Random, history: UUID) -> Iterator[Told]:
    began = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    at = _office_hour(chance, began + timedelta(days=chance.choice([0, 0, 0, 1, 3, 40])))
    facts = [
        Fact("care_period.started", history, began, codes=CASE),
        _at("iro_service.notified", history, at),
    ]
    yield Told(at, history, tuple(facts))
    if chance.random() < 0.9:
        at += timedelta(hours=chance.choice([1, 24, 48, 71, 73, 100]))
        facts.append(_at("iro.allocated", new_id(chance), at))
        yield Told(at, history, tuple(facts))
    held = began
    for promised in (28, 91, 182):
        if chance.random() < 0.08:
            return
        held += timedelta(days=max(promised - chance.choice([1, 3, 5, 9, -2, -15]), 1))
        at = max(at, _office_hour(chance, held + timedelta(days=chance.choice([0, 0, 1, 4]))))
        facts.append(Fact("review.held", new_id(chance), held))
        yield Told(at, history, tuple(facts))
        if chance.random() < 0.06:  # it was another day, or another child
            at += timedelta(hours=chance.randrange(1, 200))
            facts[-1:] = chance.choice(
                [[], [Fact("review.held", facts[-1].record, held - timedelta(days=1))]]
            )
            yield Told(at, history, tuple(facts))
    if chance.random() < 0.3:
        at = _office_hour(chance, at.date() + timedelta(days=chance.randrange(1, 60)))
        facts.append(Fact("care_period.ended", history, at.date(), codes=CASE))
        yield Told(at, history, tuple(facts))


def _at(kind: str, record: UUID, at: datetime) -> Fact:
    return Fact(kind, record, london_date(at), at)


def _office_hour(chance: random.Random, day: date) -> datetime:
    return datetime.combine(day, time(9), UTC) + timedelta(seconds=chance.randrange(8 * 3600))
