"""The engine against the oracle: every row, from any start, with any holidays proclaimed."""

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from uuid import UUID

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from shared.timescales.calendar import Calendar, ProclaimedDay, england
from shared.timescales.catalogue import load_catalogue
from shared.timescales.facts import Fact
from shared.timescales.preview import PreviewRefused, preview

from . import oracle_rows as law
from .builders import all_of, held, only, started
from .oracle import HOUR, NONE, ONE, clock_changes, corresponding_date, is_off
from .oracle_uncounted import NOT_PLAIN, SAME_CLOCK, UNCOUNTED

# DUECARE_NIGHTLY asks for the long run.
CASES = 100_000 if os.environ.get("DUECARE_NIGHTLY") else 1_500
FIRST, LAST = datetime(2012, 1, 1), datetime(2040, 12, 31, 23, 59, 59)

HOURLY = sorted(code for code, (unit, _) in law.DUE.items() if unit == "HR")
DAILY = sorted(set(law.DUE) - set(HOURLY))
MONTHLY = sorted(
    code for code, (unit, _) in law.DUE.items() if unit == "CM" or code == "cp-core-group-subsequent"
)
WORKING = sorted(code for code, (unit, _) in law.DUE.items() if unit in ("WD0", "BEF"))

many = settings(max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
some = settings(many, max_examples=CASES // 10)

# The engine's doors


@lru_cache(500)
def england_with(extra: frozenset[date]) -> Calendar:
    """England's calendar with these days proclaimed a month before."""
    proclaimed = [ProclaimedDay(day, "A day off", day - 30 * ONE, "Royal Proclamation") for day in extra]
    return england().with_days(proclaimed) if extra else england()


def engine_due(code: str, start: date, extra: frozenset[date] = NONE) -> date | datetime | None:
    """What the engine says of a row from a start alone: a day, an instant in UTC, or that it has no clock then."""
    try:
        return preview(code, start.isoformat(), load_catalogue(), england_with(extra)).due
    except PreviewRefused:
        return None


def disagreements(codes: Iterable[str], starts: Sequence[date]) -> list[tuple[str, date]]:
    """The rows and starts of which the engine and the oracle think differently."""
    return [
        (code, start) for code in codes for start in starts if engine_due(code, start) != law.due(code, start)
    ]


# What is drawn

days = st.dates(FIRST.date(), LAST.date())
offsets = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
instants = st.builds(
    lambda utc, offset: utc.replace(microsecond=0).astimezone(offset),
    st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
    offsets,
)


def starts_of(code: str) -> st.SearchStrategy[date]:
    """Instants for a row of hours, days for any other."""
    return instants if code in HOURLY else days


def holidays_near(start: date, most: int = 5) -> st.SearchStrategy[frozenset[date]]:
    """Further holidays on working days of the half year around a start, mostly close to it."""
    near = (st.integers(-20, 30) | st.integers(-90, 90)).map(lambda away: start + away * ONE)
    return st.frozensets(near, max_size=most).map(lambda each: frozenset(d for d in each if not is_off(d)))


@st.composite
def questions(draw: st.DrawFn, codes: Iterable[str] = law.DUE) -> tuple[str, date, frozenset[date]]:
    """A row, a start, and holidays proclaimed near it."""
    code = draw(st.sampled_from(sorted(codes)))
    start = draw(starts_of(code))
    return code, start, draw(holidays_near(law.day_of(start)))


@st.composite
def two_starts(draw: st.DrawFn) -> tuple[str, date, date]:
    """A row, and two starts in order that it counts in the same way; often only days apart."""
    code = draw(st.sampled_from(sorted(law.DUE)))
    one = draw(starts_of(code))
    first, later = sorted((one, draw(st.integers(0, 40).map(lambda n: one + n * ONE) | starts_of(code))))
    assume(law.rule_on(code, first) == law.rule_on(code, later) is not None)
    return code, first, later


# Any row, any start, any holidays


@many
@given(questions())
def test_engine_and_oracle_agree(question: tuple[str, date, frozenset[date]]) -> None:
    assert engine_due(*question) == law.due(*question)


@pytest.mark.parametrize("code", sorted(law.DUE))
@settings(many, max_examples=CASES // 60)
@given(data=st.data())
def test_each_row_agrees_on_its_own(code: str, data: st.DataObject) -> None:
    start = data.draw(starts_of(code))
    assert engine_due(code, start) == law.due(code, start)


@many
@given(two_starts())
def test_a_later_start_is_never_due_earlier(question: tuple[str, date, date]) -> None:
    code, first, later = question
    assert engine_due(code, first) <= engine_due(code, later)


@many
@given(questions(WORKING), st.integers(-90, 90))
def test_a_further_holiday_puts_off_what_comes_after_and_brings_on_what_comes_before(
    question: tuple[str, date, frozenset[date]], away: int
) -> None:
    code, start, extra = question
    assume(law.rule_on(code, start))
    further = start + away * ONE
    assume(not is_off(further, extra))
    before, after = engine_due(code, start, extra), engine_due(code, start, extra | {further})
    assert after <= before if law.DUE[code][0] == "BEF" else after >= before


@some
@given(st.sampled_from(HOURLY), instants, offsets)
def test_an_instant_is_answered_in_utc_however_it_is_written(
    code: str, start: datetime, offset: timezone
) -> None:
    assume(law.rule_on(code, start))
    told = engine_due(code, start)
    assert told == engine_due(code, start.astimezone(offset)) and told.tzinfo is UTC


# Every clock change, every month end, every day on which a rule changes


@pytest.mark.parametrize("year", range(2020, 2041))
def test_the_clocks_change_and_hours_stay_hours(year: int) -> None:
    around = [change + HOUR * n for change in clock_changes(year) for n in range(-80, 9)]
    around += [instant + timedelta(minutes=59, seconds=59) for instant in around]
    starts = [start.astimezone(zone) for start in around for zone in (timezone(HOUR), UTC)]
    assert {law.DUE[code][1] for code in HOURLY} == {24, 72}
    assert disagreements(HOURLY, starts) == []


@pytest.mark.parametrize("year", range(2012, 2041))
def test_months_are_clamped_to_every_month_end(year: int) -> None:
    of_the_year = [date(year, 1, 1) + ONE * n for n in range(366)]
    assert disagreements(MONTHLY, [day for day in of_the_year if day.day >= 28 or day.day == 1]) == []


@pytest.mark.parametrize("code", sorted({*law.OTHERWISE, *law.SINCE} - set(HOURLY)))
def test_a_rule_changes_on_its_day(code: str) -> None:
    first, last, _ = law.OTHERWISE.get(code, (date.min, date.min, None))
    changes = [day for day in (first, last + ONE, law.SINCE.get(code, date.min)) if day > FIRST.date()]
    assert disagreements([code], [day + n * ONE for day in changes for n in (-1, 0, 1)]) == []


# Rows that hang on more than their start


@some
@given(days, st.integers(0, 200) | st.none())
def test_a_birth_brings_the_review_of_an_unborn_childs_plan_forward(start: date, later: int | None) -> None:
    birth = None if later is None else start + later * ONE
    facts = [Fact("plan.started", UUID(int=8), start, None, {"unborn": "yes"})]
    facts += [Fact("child.born", UUID(int=9), birth)] if birth else []
    told = [each.due_on for each in all_of("rcpc-first-prebirth", *facts)]
    assert (told or [None]) == [law.due_prebirth(start, birth)]


@some
@given(days, st.integers(1, 60))
def test_a_first_review_brings_the_health_assessment_forward(start: date, later: int) -> None:
    review = start + later * ONE
    told = only("iha", started(start.isoformat()), held(review.isoformat()))
    assert told.due_on == min(law.due("iha", start), review)


@st.composite
def short_breaks(draw: st.DrawFn) -> list[tuple[date, date]]:
    """A first break, some more, and a last that begins about a year after the first."""
    first = draw(days)
    breaks = [(first, first + draw(st.integers(1, 75)) * ONE)]
    for gap, nights in draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 17)), max_size=6)):
        began = breaks[-1][1] + gap * ONE
        breaks.append((began, began + nights * ONE))
    last = max(breaks[-1][1], corresponding_date(first, 12) + draw(st.integers(-40, 75)) * ONE)
    return [*breaks, (last, last + draw(st.integers(0, 80)) * ONE)]


def told_of_breaks(breaks: list[tuple[date, date]]) -> list[date]:
    """What the engine says of each break, one after the other."""
    facts = [started(breaks[0][0].isoformat(), regime="short_breaks")]
    for number, (began, ended) in enumerate(breaks, 20):
        facts.append(Fact("short_break.began", UUID(int=number), began))
        facts.append(Fact("short_break.ended", UUID(int=number), ended))
    return [each.due_on for each in all_of("shortbreak-year-75-days", *facts)]


@some
@given(short_breaks())
def test_no_more_than_seventy_five_nights_in_any_twelve_months(breaks: list[tuple[date, date]]) -> None:
    assert told_of_breaks(breaks) == [
        law.due_rolling_75(breaks[:n], breaks[n][0]) for n in range(len(breaks))
    ]


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_a_night_around_the_end_of_february_counts_for_twelve_months(year: int) -> None:
    for one in (date(year, 2, 20) + n * ONE for n in range(15)):
        for two in (corresponding_date(one, 12) + n * ONE for n in range(8)):
            told = told_of_breaks([(one, one + 75 * ONE), (two, two + ONE)])
            assert told[1] == law.due_rolling_75([(one, one + 75 * ONE)], two)


@some
@given(st.dates(law.SEFTON_SINCE, LAST.date()))
def test_a_midpoint_is_halfway_to_what_is_due_after_three_months(start: date) -> None:
    halfway = law.due_midpoint(start, law.due("lac-review-second", start))
    assert engine_due("iro-midpoint-lac", start) == engine_due("cp-chair-midpoint", start) == halfway


# The two tables hold the same rows


def test_the_oracle_and_the_catalogue_hold_the_same_rows() -> None:
    codes = {row.code for row in load_catalogue().timescales}
    assert set(law.DUE) | NOT_PLAIN <= codes <= set(law.DUE) | NOT_PLAIN | UNCOUNTED | set(SAME_CLOCK)


def test_beyond_the_published_years_a_date_is_given_and_called_provisional() -> None:
    told = preview("lac-review-first", "2040-03-20", load_catalogue(), england())
    assert told.provisional and told.due == law.due("lac-review-first", date(2040, 3, 20))
    assert not preview("lac-review-first", "2025-01-06", load_catalogue(), england()).provisional
