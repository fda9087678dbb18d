"""What follows from the reviews of the made-up council, and its milestones besides: care plans, health, education."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import uuid5

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.milestones.kinds import MilestoneKind
from services.reviews_api.milestones.models import MilestoneRecord
from services.reviews_api.reviews.models import Mode, Review
from shared.timescales.calendar import Calendar

LATE = 0.03
MY_REPORT = 0.125  # Sefton: 143 returned, at 1,140 reviews
MODES = {Mode.IN_PERSON: 70, Mode.HYBRID: 20, Mode.VIRTUAL: 10}
FIVE_YEARS = timedelta(days=5 * 365)

# From each review held: within how many working days of it, as a rule.
DECISIONS, CARE_PLAN, RECORD, DISTRIBUTED = (2, 5), (4, 10), (8, 15), (12, 20)


def follow_up(random: Random, review: Review, today: date, calendar: Calendar) -> None:
    """Say how a review was held, issue its decisions, complete its record and distribute it: none of that on `today`
    or later; now and then late."""
    if review.held_on is None:
        return
    review.mode = random.choices(list(MODES), list(MODES.values()))[0]
    review.my_report_returned = random.random() < MY_REPORT
    issued, completed, distributed = (
        calendar.working_day(review.held_on, random.randint(*within) + _delay(random))
        for within in (DECISIONS, RECORD, DISTRIBUTED)
    )
    review.decisions_issued_on = issued if issued < today else None
    review.record_completed_on = completed if completed < today else None
    distributed = max(completed, distributed)
    review.record_distributed_on = distributed if distributed < today else None


def reports(
    random: Random, child: Child, period: CarePeriod, reviews: list[Review], today: date, calendar: Calendar
) -> Iterator[MilestoneRecord]:
    """Milestones of one period of care, none of them on `today` or later; now and then one comes late."""
    said = [(MilestoneKind.CARE_PLAN_UPDATE, day) for day in _care_plans(random, reviews, calendar)]
    first = calendar.working_day(period.started_on, random.randint(4, 10))
    said += [(MilestoneKind.EDUCATION_PLAN, first)]
    said += [
        (MilestoneKind.HEALTH_ASSESSMENT, day) for day in _health(random, child, period, today, calendar)
    ]
    for nth, (kind, on) in enumerate(sorted(said, key=lambda each: (each[1], each[0])), start=1):
        if on < today:
            yield _milestone(period, kind, on, nth)


def _care_plans(random: Random, reviews: list[Review], calendar: Calendar) -> Iterator[date]:
    for review in reviews:
        if review.held_on is not None:
            yield calendar.working_day(review.held_on, random.randint(*CARE_PLAN) + _delay(random))


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
