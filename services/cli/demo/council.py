"""A made-up council: about as many children and officers as Sefton reported for 2020-21, none of them real."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid5

from services.cli.demo.journey import Journey, travel
from services.cli.demo.reports import follow_up, reports
from services.cli.names import made_up_name
from services.reviews_api.allocations.models import Allocation
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.midpoint_checks.findings import Finding
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.midpoint_checks.states import CheckStatus
from services.reviews_api.milestones.models import MilestoneRecord
from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.states import ReviewStatus
from shared.timescales.calendar import Calendar
from shared.timescales.london import LONDON

SEED = 617
NAMESPACE = UUID("0b8d3a52-7a3e-5d0c-9b1e-1f2a9d0c6170")
CASELOADS = {f"iro-{n}": 73 for n in range(1, 8)} | {"iro-8": 74, "iro-9": 29}  # the ninth works part-time
UNALLOCATED = (1, 2, 6)  # days since these children came into care, still without an officer
LONGEST = 14 * 365  # days in care
ADULT = int(17.9 * 365.25)  # days of life
PARTICIPATION = {"PN1": 45, "PN2": 4, "PN3": 2, "PN4": 1, "PN5": 6, "PN6": 26, "PN7": 16}


@dataclass(slots=True)
class Council:
    """The records of one authority, as reviews_api keeps them."""

    authority: str
    children: list[Child] = field(default_factory=list)
    care_periods: list[CarePeriod] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    midpoint_checks: list[MidpointCheck] = field(default_factory=list)
    milestones: list[MilestoneRecord] = field(default_factory=list)


def build_council(authority: str, today: date, calendar: Calendar, seed: int = SEED) -> Council:
    """The same council for the same seed and London date: nothing in it happens on `today` or later."""
    random, council = Random(seed), Council(authority)  # noqa: S311 (made-up children, not secrets)
    officers: list[str | None] = [officer for officer, load in CASELOADS.items() for _ in range(load)]
    random.shuffle(officers)
    days = [7 + int(random.betavariate(1, 3) * (LONGEST - 7)) for _ in officers]
    everybody = zip([*days, *UNALLOCATED], [*officers, *(None for _ in UNALLOCATED)], strict=True)
    for number, (in_care, officer) in enumerate(everybody, start=1):
        _Family(council, random, number, today - timedelta(days=in_care)).add(officer, today, calendar)
    return council


@dataclass(slots=True)
class _Family:
    """The records of one child."""

    council: Council
    random: Random
    number: int
    started_on: date

    def add(self, officer: str | None, today: date, calendar: Calendar) -> None:
        council, journey = self.council, travel(self.random, self.started_on, today, calendar)
        child = self.child(today)
        period = self.period(child)
        council.children.append(child)
        council.care_periods.append(period)
        reviews = list(self.reviews(child, period, journey))
        for review in reviews:
            follow_up(self.random, review, today, calendar)
        council.reviews.extend(reviews)
        if officer is not None:
            council.allocations.append(self.allocation(period, officer))
            council.midpoint_checks.extend(self.checks(period, officer, journey))
        council.milestones.extend(reports(self.random, child, period, reviews, today, calendar))

    def named(self, letter: str, nth: int | None = None) -> dict[str, object]:
        reference = f"{letter}-{self.number:04}" + (f"-{nth:02}" if nth else "")
        authority = self.council.authority
        return {
            "authority_id": authority,
            "id": uuid5(NAMESPACE, f"{authority}:{reference}"),
            "reference": reference,
        }

    def child(self, today: date) -> Child:
        oldest = ADULT - (today - self.started_on).days
        youngest = min(365, oldest)
        under_one = self.random.random() < 0.24
        age = self.random.randint(0, youngest - 1) if under_one else self.random.randint(youngest, oldest)
        born = self.started_on - timedelta(days=age)
        name = made_up_name(self.random)
        return Child(**self.named("C"), display_name=name, date_of_birth=born)  # type: ignore[arg-type]

    def period(self, child: Child) -> CarePeriod:
        told = time(self.random.randint(9, 16), self.random.randint(0, 59))
        notified_at = datetime.combine(self.started_on, told, LONDON).astimezone(UTC)
        return CarePeriod(
            **self.named("P"),  # type: ignore[arg-type]
            child_id=child.id,
            started_on=self.started_on,
            iro_notified_at=notified_at,
        )

    def allocation(self, period: CarePeriod, officer: str) -> Allocation:
        hours = self.random.uniform(74, 100) if self.random.random() < 0.02 else self.random.uniform(2, 66)
        assert period.iro_notified_at is not None
        return Allocation(
            **self.named("A"),  # type: ignore[arg-type]
            child_id=period.child_id,
            care_period_id=period.id,
            officer=officer,
            allocated_at=period.iro_notified_at + timedelta(minutes=round(hours * 60)),
        )

    def reviews(self, child: Child, period: CarePeriod, journey: Journey) -> Iterator[Review]:
        of = {"child_id": child.id, "care_period_id": period.id}
        for nth, held_on in enumerate(journey.held, start=1):
            yield Review(
                **(self.named("R", nth) | of),  # type: ignore[arg-type]
                status=ReviewStatus.HELD,
                held_on=held_on,
                participation=self.participation(child, held_on),
            )
        if journey.planned_on is not None:
            planned = self.named("R", len(journey.held) + 1) | of
            yield Review(**planned, scheduled_on=journey.planned_on)  # type: ignore[arg-type]

    def participation(self, child: Child, held_on: date) -> str:
        assert child.date_of_birth is not None
        if (held_on - child.date_of_birth).days < 4 * 365.25:
            return "PN0"  # the code for a child under four
        return self.random.choices(list(PARTICIPATION), list(PARTICIPATION.values()))[0]

    def checks(self, period: CarePeriod, officer: str, journey: Journey) -> Iterator[MidpointCheck]:
        for nth, completed_on in enumerate(journey.checks, start=1):
            yield MidpointCheck(
                **self.named("M", nth),  # type: ignore[arg-type]
                child_id=period.child_id,
                care_period_id=period.id,
                officer=officer,
                status=CheckStatus.COMPLETED,
                completed_on=completed_on,
                finding=Finding.DRIFT if self.random.random() < 0.15 else Finding.ON_TRACK,
            )
