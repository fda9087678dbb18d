"""What the case system's import tells of the looked-after children."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from services.cli.sefton_year.children import LookedAfter
from services.cli.sefton_year.deeds import Line
from services.cli.sefton_year.year import FIRST_LOAD
from shared.timescales.london import LONDON, london_date

ALLOCATED_AFTER = (60, 44 * 60)  # minutes; the report says that all were within 72 hours


LATE_DAY = timedelta(hours=7)  # what happens after 17:00 is told the next day


def told_on(day: date) -> date:
    """What was so before the first load is told with it."""
    return max(day, FIRST_LOAD)


def tell_care(random: Random, children: Sequence[LookedAfter]) -> Iterator[Line]:
    """Children, care periods and allocations, and their ends."""
    for each in children:
        yield from _start(random, each)


def _start(random: Random, each: LookedAfter) -> Iterator[Line]:
    stay = each.stay
    began = told_on(stay.started_on)
    notified = _instant(stay.started_on, random.randint(9 * 60, 17 * 60))
    allocated = notified + timedelta(minutes=random.randint(*ALLOCATED_AFTER))
    period = {
        "child": each.child,
        "started_on": f"{stay.started_on}",
        "iro_notified_at": notified.isoformat(),
    }
    allocation = {
        "care_period": each.care_period,
        "officer": each.officer,
        "allocated_at": allocated.isoformat(),
        "reason": "new_in_care",
    }
    who = {"display_name": each.name, "date_of_birth": f"{each.born_on}", "team": each.team}
    if each.family is not None:
        who["family"] = each.family
    yield Line(began, "child", each.child, who | {"source_version": 1})
    yield Line(began, "care_period", each.care_period, period | {"source_version": 1})
    yield Line(
        told_on(london_date(allocated + LATE_DAY)),
        "allocation",
        f"A-{each.number:04}",
        allocation | {"source_version": 1},
    )
    if stay.ended_on is not None:
        ended = period | {"ended_on": f"{stay.ended_on}", "source_version": 2}
        yield Line(stay.ended_on, "care_period", each.care_period, ended)


def _instant(day: date, minutes: int) -> datetime:
    at = datetime.combine(day, time(minutes // 60, minutes % 60), LONDON)
    return at.astimezone(UTC)
