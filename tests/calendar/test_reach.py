"""Which timescales count working days, and how far a warning reaches back: worked out without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.caseload import caseload
from shared.timescales.calendar import ProclaimedDay, england
from shared.timescales.catalogue import load_catalogue
from shared.timescales.due import Due
from shared.timescales.engine import Outcome, deadlines
from shared.timescales.periods import WorkingDays
from shared.timescales.reach import Reach, reaches, warned_span
from shared.timescales.running import bearing_kinds, running

TODAY = date(2026, 11, 23)
WEEKDAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31)).filter(lambda day: day.weekday() < 5)


def test_every_timescale_that_speaks_of_working_days_is_reached_and_no_other():
    found = {each.code: each for each in reaches(load_catalogue())}
    for row in load_catalogue().timescales:
        words = [str(row.limit), *(str(each) for each in row.warn)]
        words += [str(row.or_earlier.limit)] if row.or_earlier else []
        assert (row.code in found) is any("working day" in each for each in words), row.code


def test_a_midpoint_is_reached_through_what_it_is_halfway_to():
    found = {each.code: each for each in reaches(load_catalogue())}
    assert found["cp-chair-midpoint"].towards == ("rcpc-first-prebirth",)
    assert found["iro-midpoint-lac"].towards == ()


@given(due=WEEKDAYS, changed=WEEKDAYS, n=st.integers(1, 40))
def test_a_warning_is_moved_only_by_a_change_within_its_reach(due, changed, n):
    calendar = england()
    if not calendar.is_working_day(changed):
        return
    other = calendar.with_days([ProclaimedDay(changed, "A day off", changed, "")])
    warning, by = WorkingDays(n), Due.by_end_of(due)
    first, last = warned_span(Reach("code", False, (), False, n, False), changed, calendar)
    if warning.warn_at(by, calendar) != warning.warn_at(by, other):
        assert first <= due <= last


@pytest.mark.parametrize("days_off", [[], [date(2026, 12, 2)], [date(2026, 12, 2), date(2026, 11, 17)]])
def test_what_runs_can_be_worked_out_from_its_start_alone(days_off):
    calendar = england().with_days(
        ProclaimedDay(day, "A day off", TODAY, "", known_from=TODAY) for day in days_off
    )
    catalogue, tried = load_catalogue(), 0
    for made_up in caseload(15, 15, TODAY - timedelta(days=1)):
        for each in deadlines(made_up.facts, catalogue, calendar):
            row = each.opened.timescale
            if each.outcome is Outcome.OPEN and not row.is_midpoint:
                kinds = bearing_kinds(row, catalogue)
                mine = [fact for fact in made_up.facts if fact.record == each.anchor or fact.kind in kinds]
                assert running(row, each.anchor, each.starts_on, mine, catalogue, calendar) == each, row.code
                tried += 1
    assert tried > 100


def test_a_clock_of_which_the_start_is_not_told_is_not_guessed():
    catalogue = load_catalogue()
    row = next(row for row in catalogue.timescales if row.code == "lac-review-first")
    (made_up,) = caseload(1, 0, TODAY)
    assert running(row, made_up.id, TODAY, made_up.facts, catalogue, england()) is None
