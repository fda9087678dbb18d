"""One made-up child's way through care: when reviews were held and when the officer looked in between."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from shared.timescales.calendar import Calendar

LATE = 0.02
MIDPOINTS_SINCE = date(2020, 4, 1)
PUT_OFF_WITHIN = 30  # days: meetings this recent may, in the end, not have taken place
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Journey:
    """London dates, oldest first: reviews held, midpoint checks completed, and what comes next.

    `next_due` is the date by which the next review is owed, `planned_on` the date it has been given, if any.
    """

    held: tuple[date, ...]
    checks: tuple[date, ...]
    next_due: date
    planned_on: date | None


def travel(random: Random, started_on: date, today: date, calendar: Calendar) -> Journey:
    """A journey that began on `started_on` and goes on; nothing in it happens on `today` or later."""
    held, due = _reviews(random, started_on, today, calendar)
    checks = [
        check
        for each, until, following in zip(held, due[1:], [*held[1:], today], strict=False)
        if (check := _midpoint_check(random, each, until, calendar)) and check < following
    ]
    return Journey(tuple(held), tuple(checks), due[-1], _planned(random, due[-1], today, calendar))


def _reviews(
    random: Random, started_on: date, today: date, calendar: Calendar
) -> tuple[list[date], list[date]]:
    """The dates held, and the date each was due by, with one more: that of the next."""
    held: list[date] = []
    due = [calendar.working_day(started_on, 20)]
    while (on := _meeting(random, due[-1], 7 if not held else 21, calendar)) < today:
        held.append(on)
        due.append(on + relativedelta(months=3 if len(held) == 1 else 6))
    if held and (today - held[-1]).days < PUT_OFF_WITHIN and random.random() < 0.15:
        held.pop()
        due.pop()
    return held, due


def _meeting(random: Random, due: date, earliest: int, calendar: Calendar) -> date:
    if random.random() < LATE:
        return _working_day(due + random.randint(1, 25) * DAY, DAY, calendar)
    return _working_day(due - int(random.triangular(0, earliest, 2)) * DAY, -DAY, calendar)


def _midpoint_check(random: Random, held_on: date, next_due: date, calendar: Calendar) -> date | None:
    chance = random.random()
    if held_on < MIDPOINTS_SINCE or chance < 0.03:
        return None
    halfway = held_on + (next_due - held_on) // 2
    if chance < 0.06:
        return _working_day(halfway + random.randint(1, 10) * DAY, DAY, calendar)
    return _working_day(halfway - random.randint(0, 10) * DAY, -DAY, calendar)


def _planned(random: Random, due: date, today: date, calendar: Calendar) -> date | None:
    if not today < due <= today + 28 * DAY or random.random() < 0.2:
        return None
    return max(_working_day(due - random.randint(0, 5) * DAY, -DAY, calendar), calendar.working_day(today, 1))


def _working_day(day: date, step: timedelta, calendar: Calendar) -> date:
    while not calendar.is_working_day(day):
        day += step
    return day
