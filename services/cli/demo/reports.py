"""What the made-up council tells of around its reviews: decisions and records, care plans, health, education."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import uuid5

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.facts.models import ReportedFact
from services.reviews_api.milestones.kinds import MilestoneKind
from services.reviews_api.milestones.models import MilestoneRecord
from services.reviews_api.reviews.models import Review
from shared.timescales.calendar import Calendar

LATE = 0.03
FIVE_YEARS = timedelta(days=5 * 365)

# About each review held: within how many working days of it, as a rule.
AROUND_A_REVIEW = {
    "review.decisions_issued": (2, 5),
    MilestoneKind.CARE_PLAN_UPDATE: (4, 10),
    "review.record_completed": (8, 15),
    "review.record_distributed": (12, 20),
}


Told = ReportedFact | MilestoneRecord
Said = tuple[str, date, Review | None]


def reports(
    random: Random, child: Child, period: CarePeriod, reviews: list[Review], today: date, calendar: Calendar
) -> Iterator[Told]:
    """Facts and milestones of one period of care, none of them on `today` or later; now and then one comes late."""
    said = _around_reviews(random, reviews, calendar)
    said += [
        (MilestoneKind.EDUCATION_PLAN, calendar.working_day(period.started_on, random.randint(4, 10)), None)
    ]
    said += [
        (MilestoneKind.HEALTH_ASSESSMENT, day, None)
        for day in _health(random, child, period, today, calendar)
    ]
    for nth, (kind, on, review) in enumerate(sorted(said, key=lambda each: (each[1], each[0])), start=1):
        if on < today:
            if review is None or kind == MilestoneKind.CARE_PLAN_UPDATE:
                yield _milestone(period, kind, on, nth)
            else:
                yield _reported(period, kind, on, review, nth)


def _around_reviews(random: Random, reviews: list[Review], calendar: Calendar) -> list[Said]:
    return [
        (kind, calendar.working_day(review.held_on, random.randint(*within) + _delay(random)), review)
        for review in reviews
        if review.held_on is not None
        for kind, within in AROUND_A_REVIEW.items()
    ]


def _delay(random: Random) -> int:
    return random.randint(10, 20) if random.random() < LATE else 0


def _health(
    random: Random, child: Child, period: CarePeriod, today: date, calendar: Calendar
) -> Iterator[date]:
    assert child.date_of_birth is not None
    day = calendar.working_day(period.started_on, random.randint(10, 19))
    while day < today:
        yield day
        apart = 170 if day - child.date_of_birth < FIVE_YEARS else 350
        day = calendar.working_day(day + timedelta(days=apart), 1 + _delay(random))


def _reported(period: CarePeriod, kind: str, on: date, review: Review, nth: int) -> ReportedFact:
    reference = f"F{period.reference[1:]}-{nth:03}"
    return ReportedFact(
        authority_id=period.authority_id,
        id=uuid5(period.id, reference),
        reference=reference,
        history_id=period.id,
        child_id=period.child_id,
        kind=kind,
        about=review.reference,
        record_id=review.id,
        happened_on=on,
        codes={},
    )


def _milestone(period: CarePeriod, kind: str, on: date, nth: int) -> MilestoneRecord:
    reference = f"H{period.reference[1:]}-{nth:03}"
    return MilestoneRecord(
        authority_id=period.authority_id,
        id=uuid5(period.id, reference),
        reference=reference,
        history_id=period.id,
        child_id=period.child_id,
        kind=kind,
        completed_on=on,
        codes={},
    )
