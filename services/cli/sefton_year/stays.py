"""The stays in care that the year saw, drawn group by group.

A child who is in care all year is owed two reviews in it, and 1,140 reviews of which nearly all are in time leave
little room beside 586 to 617 children. So the report's figures together say something of when children came and went:
many came late in the year or stayed for weeks, and those who left did so before their next review. The groups are ours.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.cli.sefton_year.rhythm import DAY, SECOND, Rhythm
from services.cli.sefton_year.year import LAST_DAY, OCTOBER
from shared.timescales.periods import corresponding_date


@dataclass(frozen=True, slots=True)
class Stay:
    """One child's time in care. `held` are the days of all reviews in order, `late` those that were after their day."""

    started_on: date
    ended_on: date | None
    held: tuple[date, ...]
    late: frozenset[date] = frozenset()


def draw_stays(rhythm: Rhythm, scale: int = 1) -> list[Stay]:
    """All stays, in no order; `scale` divides the size of each group, for a smaller year."""
    stays = [draw(rhythm) for draw, size in GROUPS.items() for _ in range(max(size // scale, 1))]
    rhythm.random.shuffle(stays)
    return stays


def _settled(rhythm: Rhythm) -> Stay:
    """In care all year, with two reviews in it."""
    second = rhythm.working_day(OCTOBER, date(2021, 3, 5))
    first = rhythm.review_before(second)
    return _since_before(rhythm, rhythm.review_before(first), first, second)


def _once_late(rhythm: Rhythm) -> Stay:
    """In care all year, and the first of two reviews was late."""
    before = rhythm.working_day(date(2019, 11, 4), date(2020, 1, 10))
    late = rhythm.on_or_after(corresponding_date(before, 6) + rhythm.random.randint(3, 15) * DAY)
    return _since_before(rhythm, before, late, rhythm.next_review(late), late=late)


def _late_in_october(rhythm: Rhythm) -> Stay:
    """The review of September was held in October, and the next was owed in April."""
    before = rhythm.working_day(date(2020, 3, 20), date(2020, 3, 27))
    late = rhythm.working_day(OCTOBER, date(2020, 10, 12))
    return _since_before(rhythm, before, late, late=late)


def _overdue_at_the_end(rhythm: Rhythm) -> Stay:
    """A review was owed in March, and the year ended without it."""
    only = rhythm.working_day(date(2020, 9, 1), date(2020, 9, 18))
    return _since_before(rhythm, rhythm.review_before(only), only)


def _left_by_september(rhythm: Rhythm) -> Stay:
    before = rhythm.working_day(date(2019, 10, 14), date(2020, 3, 20))
    owed = min(corresponding_date(before, 6), date(2020, 9, 30))
    return _since_before(rhythm, before, ended_on=rhythm.between(date(2020, 4, 2), owed - DAY))


def _left_after_september(rhythm: Rhythm) -> Stay:
    only = rhythm.working_day(date(2020, 7, 1), date(2020, 9, 15))
    owed = min(corresponding_date(only, 6), date(2021, 3, 30))
    return _since_before(
        rhythm, rhythm.review_before(only), only, ended_on=rhythm.between(date(2020, 10, 2), owed - DAY)
    )


def _since_before(
    rhythm: Rhythm, last: date, *in_year: date, late: date | None = None, ended_on: date | None = None
) -> Stay:
    """A stay from before the year, of which `last` was the last review before it: the second or a later one."""
    earlier = [last]
    for _ in range(int(rhythm.random.betavariate(1, 3) * 12)):
        earlier.insert(0, rhythm.review_before(earlier[0]))
    earlier.insert(0, rhythm.review_before(earlier[0], SECOND))
    started_on = rhythm.start_before(earlier[0])
    return Stay(started_on, ended_on, (*earlier, *in_year), frozenset({late} if late else ()))


def _came(first: date, last: date, reviews: int) -> Callable[[Rhythm], Stay]:
    """Came between two days, stayed, and had so many reviews by the end of the year."""

    def draw(rhythm: Rhythm) -> Stay:
        started_on = rhythm.between(first, last)
        return Stay(started_on, None, tuple(_held(rhythm, started_on, reviews)))

    return draw


def _held(rhythm: Rhythm, started_on: date, reviews: int) -> Iterator[date]:
    on = rhythm.first_review(started_on)
    for nth in range(1, reviews + 1):
        yield on
        on = rhythm.next_review(on, SECOND if nth == 1 else 6)


def _stayed_for_months(rhythm: Rhythm) -> Stay:
    """Came in the summer, and left in the autumn or winter before the second review."""
    started_on = rhythm.between(date(2020, 7, 20), date(2020, 9, 20))
    first = rhythm.first_review(started_on)
    soonest = max(date(2020, 10, 2), first + 3 * DAY)
    return Stay(started_on, rhythm.between(soonest, corresponding_date(first, SECOND) - DAY), (first,))


def _stayed_for_weeks(rhythm: Rhythm) -> Stay:
    """Came as the schools reopened in September, and left in October before the first review."""
    started_on = rhythm.between(date(2020, 9, 10), date(2020, 9, 30))
    soonest = max(date(2020, 10, 2), started_on + 5 * DAY)
    return Stay(started_on, rhythm.between(soonest, started_on + timedelta(days=24)), ())


def _came_and_went(rhythm: Rhythm) -> Stay:
    started_on = rhythm.between(date(2020, 5, 1), date(2020, 8, 31))
    return Stay(started_on, started_on + rhythm.random.randint(4, 20) * DAY, ())


GROUPS: dict[Callable[[Rhythm], Stay], int] = {
    _settled: 469,
    _once_late: 10,
    _late_in_october: 13,
    _overdue_at_the_end: 10,
    _left_by_september: 35,
    _left_after_september: 49,
    _came(date(2020, 4, 6), date(2020, 4, 20), 3): 2,
    _came(date(2020, 7, 10), date(2020, 8, 31), 2): 6,
    _came(date(2020, 10, 5), date(2020, 11, 10), 2): 4,
    _came(date(2020, 12, 19), date(2021, 3, 1), 1): 60,
    _came(date(2021, 3, 8), LAST_DAY - 2 * DAY, 0): 43,  # the schools had reopened again
    _stayed_for_months: 24,
    _stayed_for_weeks: 24,
    _came_and_went: 8,
}
"""How many of each. Those who came: 171; those who left: 140."""
