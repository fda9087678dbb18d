"""England's working days, and the days proclaimed later."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from holidays.version import __version__ as LIBRARY_VERSION
from hypothesis import given
from hypothesis import strategies as st

from shared.timescales.calendar import Calendar, ProclaimedDay, england, read_calendar
from shared.timescales.counting import DayOff, days_off, weekend_days_between
from shared.timescales.entry import CatalogueError
from shared.timescales.periods import WorkingDays

from .builders import only, started
from .oracle import BANK_HOLIDAYS, is_off

CORONATION = ProclaimedDay(date(2027, 6, 14), "A coronation", date(2027, 5, 1), "Royal Proclamation")
DAY = """
[[day]]
date = 2027-06-14
name = "A coronation"
announced_on = 2027-05-01
source = "Proclamation"
"""


def test_every_day_from_2020_to_2027_agrees_with_the_list_typed_by_hand() -> None:
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range((date(2028, 1, 1) - date(2020, 1, 1)).days)]
    assert [day for day in days if england().is_working_day(day) is is_off(day)] == []


def test_every_bank_holiday_has_a_name() -> None:
    assert all(england().holiday_name(day) for day in BANK_HOLIDAYS)
    assert england().holiday_name(date(2025, 4, 18)) == "Good Friday"
    assert england().holiday_name(date(2025, 4, 17)) is None


@given(one=st.dates(date(2015, 1, 1), date(2035, 12, 31)), days=st.integers(-400, 400))
def test_the_days_named_on_the_way_are_those_that_a_walk_from_day_to_day_meets(one: date, days: int) -> None:
    other = one + timedelta(days=days)
    first, calendar = min(one, other), england().with_days([CORONATION])
    walked = [first + timedelta(days=n) for n in range(1, abs(days))]
    weekdays = [day for day in walked if day.weekday() < 5]
    named = [(day, calendar.holiday_name(day)) for day in weekdays if not calendar.is_working_day(day)]
    assert calendar.weekdays_off_between(one, other) == named
    assert weekend_days_between(one, other) == len(walked) - len(weekdays)


def test_the_calendar_is_built_once() -> None:
    assert england() is england()


def test_a_proclaimed_day_moves_what_is_due_across_it() -> None:
    start = date(2027, 6, 7)
    assert WorkingDays(10).due(start, england()).on == date(2027, 6, 21)
    extended = england().with_days([CORONATION])
    assert WorkingDays(10).due(start, extended).on == date(2027, 6, 22)
    moved = only("pep-initial", started("2027-06-07"), calendar=extended)
    assert moved.due_on == date(2027, 6, 22)
    assert "A coronation (Mon 14 June 2027)" in moved.explanation[2]
    assert days_off(moved.opened) == (DayOff(CORONATION.on, "A coronation"),)


def test_adding_a_day_leaves_the_first_calendar_as_it_was() -> None:
    calendar = england()
    before = calendar.version
    extended = calendar.with_days([CORONATION])
    assert calendar.is_working_day(CORONATION.on) and not extended.is_working_day(CORONATION.on)
    assert calendar.version == before != extended.version


def test_the_version_is_the_same_for_the_same_days_in_any_order() -> None:
    other = ProclaimedDay(date(2027, 7, 5), "Another", date(2027, 5, 1), "Royal Proclamation")
    one = england().with_days([CORONATION, other])
    two = england().with_days([other]).with_days([CORONATION, other])
    assert one.version == two.version


@pytest.mark.parametrize(
    "other",
    [
        replace(CORONATION, on=date(2027, 6, 15)),
        replace(CORONATION, name="Another"),
        replace(CORONATION, announced_on=date(2027, 5, 2)),
        replace(CORONATION, source="The Gazette"),
        replace(CORONATION, instead_of=date(2027, 5, 31)),
    ],
)
def test_the_version_is_another_for_another_day(other: ProclaimedDay) -> None:
    one, two = (england().with_days([day]).version for day in (CORONATION, other))
    assert one != two
    assert one.startswith(f"{LIBRARY_VERSION}-")
    assert Calendar(date(2029, 12, 31)).version != Calendar(date(2030, 12, 31)).version


def test_a_bank_holiday_can_be_moved_by_proclamation() -> None:
    moved = ProclaimedDay(date(2027, 5, 7), "Moved", date(2026, 5, 1), "Proclamation", date(2027, 5, 3))
    calendar = england().with_days([moved])
    assert calendar.is_working_day(date(2027, 5, 3)) and not calendar.is_working_day(date(2027, 5, 7))


def test_a_working_day_date_beyond_the_published_list_is_provisional() -> None:
    assert england().published_through == date(2028, 12, 31)
    last = WorkingDays(5).due(date(2028, 12, 20), england())
    assert last.on == date(2028, 12, 29) and not last.provisional
    assert WorkingDays(6).due(date(2028, 12, 20), england()).provisional


def test_a_day_is_read_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "calendar.toml"
    path.write_text("published_through = 2028-12-31" + DAY)
    assert read_calendar(path).holiday_name(date(2027, 6, 14)) == "A coronation"
    path.write_text("published_through = 2028-12-31" + DAY + "instead_of = 2027-05-31")
    assert read_calendar(path).is_working_day(date(2027, 5, 31))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "'published_through' must be a date"),
        ("published_through = 2028-12-31\nfoo = 1", 2, "unknown key 'foo'"),
        ("published_through = 2028-12-31" + DAY + "colour = 1", 7, "unknown key 'colour'"),
        ("published_through = 2028-12-31" + DAY.replace("06-14", "06-13"), 3, "falls at a weekend"),
        ("published_through = 2028-12-31" + DAY.replace("06-14", "06-12"), 3, "falls at a weekend"),
        ("published_through = 2028-12-31" + DAY + DAY, 9, "proclaimed twice"),
        ("published_through = 2028-12-31" + DAY.replace('"Proclamation"', '""'), 6, "'source' is empty"),
        (
            "published_through = 2028-12-31" + DAY.replace("2027-05-01", '"May"'),
            5,
            "'announced_on' must be a date",
        ),
        ("published_through = 2028-12-31" + DAY + "instead_of = 2027-06-15", 7, "no bank holiday"),
        ("published_through = \n", 1, "not TOML"),
    ],
)
def test_a_calendar_file_that_is_wrong_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    path = tmp_path / "calendar.toml"
    path.write_text(text)
    with pytest.raises(CatalogueError) as refusal:
        read_calendar(path)
    assert (refusal.value.file, refusal.value.line) == ("calendar.toml", line)
    assert reason in refusal.value.reason
