"""A made-up caseload: children in care and on protection plans, as facts that the engine reads."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from shared.timescales.facts import Fact
from shared.timescales.london import london_date


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One history: its kind, its id, the child's, and what happened."""

    kind: str
    id: UUID
    child: UUID
    facts: tuple[Fact, ...]


def in_care(number: int, today: date, days: int | None = None) -> MadeUp:
    """A child who came into care so many days ago (by default up to two years) and is looked after still."""
    chance = random.Random(f"care {number}")
    story = _Story(chance, today - timedelta(days=days or chance.randrange(3, 730)), today)
    story.tell("child.born", -chance.randrange(200, 5000), about=story.child)
    story.tell("care_period.started", 0, about=story.id, source="case_system")
    story.at_noon("iro_service.notified", 0, story.id)
    story.at_noon("iro.allocated", chance.randrange(0, 4), story.new())
    placement = story.tell("placement.started", 0, placement_type="foster", intended_to_18="yes")
    for kind in ("placement.notified", "placement_plan.completed"):
        story.tell(kind, 3, about=placement)
    for kind, day in (("care_plan.completed", 9), ("pep.completed", 12), ("health_assessment.completed", 18)):
        story.tell(kind, day)
    _reviews(story, chance)
    for day in range(5, story.length, 90 if days else 40):
        story.tell("visit.made", day, seen="yes")
    return MadeUp("care_period", story.id, story.child, tuple(story.facts))


def on_a_plan(number: int, today: date) -> MadeUp:
    """A child whose protection plan began up to a year ago and goes on."""
    chance = random.Random(f"plan {number}")
    story = _Story(chance, today - timedelta(days=chance.randrange(20, 365)), today)
    story.tell("strategy_discussion.held", 0, section47="initiated")
    conference = story.tell("conference.held", 19, conference_type="initial")
    story.tell("plan.started", 19)
    story.tell("conference.decisions_sent", 20, about=conference)
    story.tell("conference.minutes_sent", 40, about=conference)
    for day in range(30, story.length, 28):
        story.tell("core_group.held", day)
    for day in (107, 285):
        story.tell("conference.held", day, conference_type="review")
    for day in range(26, story.length, 14):
        story.tell("visit.made", day, seen="yes")
    return MadeUp("protection", story.id, story.child, tuple(story.facts))


def _reviews(story: "_Story", chance: random.Random) -> None:
    day = 26
    while day < story.length:
        review = story.tell("review.held", day, source="case_system")
        story.tell("review.decisions_issued", day + chance.randrange(2, 7), about=review)
        story.tell("review.record_completed", day + chance.randrange(9, 22), about=review)
        story.tell("review.record_distributed", day + chance.randrange(20, 28), about=review)
        story.tell("midpoint_check.completed", day + (40 if day == 26 else 80))
        day += 85 if day == 26 else 178
    if day - story.length < 60:
        story.tell("review.scheduled", day, planned=True)


class _Story:
    """Facts told by the day of a history; those still to come are left out."""

    def __init__(self, chance: random.Random, first: date, today: date) -> None:
        self.chance, self.first = chance, first
        self.length = (today - first).days
        self.id, self.child = self.new(), self.new()
        self.facts: list[Fact] = []

    def new(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def tell(
        self, kind: str, day: int, about: UUID | None = None, planned: bool = False, **codes: str
    ) -> UUID:
        record = about or self.new()
        if day <= self.length or planned:
            self.facts.append(Fact(kind, record, self.first + timedelta(days=day), None, codes))
        return record

    def at_noon(self, kind: str, day: int, about: UUID) -> None:
        on = self.first + timedelta(days=day)
        at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        self.facts.append(Fact(kind, about, london_date(at), at))


def caseload(children: int, plans: int, today: date) -> Iterator[MadeUp]:
    """So many children in care, and so many on plans."""
    for number in range(children):
        yield in_care(number, today)
    for number in range(plans):
        yield on_a_plan(number, today)
