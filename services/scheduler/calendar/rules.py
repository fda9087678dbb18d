"""Which day may be added to the calendar."""

from datetime import date

from dateutil.relativedelta import relativedelta

from services.scheduler.calendar.schemas import NewDay
from shared.refusals import Contradiction
from shared.timescales.calendar import SATURDAY, Calendar, library_days

AHEAD, BACK = relativedelta(years=3), relativedelta(years=1)


def check_day(day: NewDay, calendar: Calendar, today: date, at: str = "") -> None:
    """Raise Contradiction for a day that cannot be, or changes nothing; `today` is London's date, `at` the pointer
    to the day.

    A mistyped year would move dates for decades. Bank holidays are announced for up to three years ahead; and a day
    more than a year ago could move only what has been counting working days for longer than anything does.
    """
    for field, moment in (("on", day.on), ("instead_of", day.instead_of)):
        if moment is not None and not today - BACK <= moment <= today + AHEAD:
            raise _refusal(
                f"{at}/{field}", "too_far_away", "This must lie within the last year or the next three."
            )
    if day.announced_on > today:
        raise _refusal(
            f"{at}/announced_on", "in_the_future", "What is still to be announced cannot be added yet."
        )
    if day.on.weekday() >= SATURDAY:
        raise _refusal(f"{at}/on", "weekend", "This is at a weekend, which is no working day already.")
    if not calendar.is_working_day(day.on):
        raise _refusal(f"{at}/on", "already_a_holiday", "This is a bank holiday already.")
    if day.instead_of is not None and not _is_weekday_off(day.instead_of, calendar):
        raise _refusal(
            f"{at}/instead_of", "no_bank_holiday", "The day it stands instead of is no bank holiday."
        )


def _is_weekday_off(day: date, calendar: Calendar) -> bool:
    """Whether the published list has the day, it is no weekend day, and no other stands instead of it yet."""
    listed = day in library_days(day.year) and day.weekday() < SATURDAY
    return listed and calendar.holiday_name(day) is not None


def _refusal(pointer: str, code: str, detail: str) -> Contradiction:
    return Contradiction(detail, code=code, pointer=pointer)
