"""A bank holiday proclaimed late: running clocks move with it, and what had closed before stays as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from shared.timescales.calendar import Calendar, ProclaimedDay, england
from shared.timescales.engine import Deadline, Outcome
from shared.timescales.facts import Fact
from shared.timescales.periods import WorkingDays

from .builders import all_of, checked, ended, exempted, fact, held, only, paused, started
from .rows import HALFWAY, ROW, written

FUNERAL = ProclaimedDay(
    date(2027, 6, 14), "State funeral", date(2027, 6, 5), "Royal Proclamation", known_from=date(2027, 6, 7)
)
CHILD = started("2027-06-01")  # due on Tuesday 29 June 2027; a day later with the funeral


def first_review(*facts: Fact, day: ProclaimedDay = FUNERAL) -> Deadline:
    return only("lac-review-first", CHILD, *facts, calendar=england().with_days([day]))


def test_a_running_clock_moves() -> None:
    assert only("lac-review-first", CHILD).due_on == date(2027, 6, 29)
    assert first_review().due_on == date(2027, 6, 30)


def test_a_clock_that_closed_before_the_day_was_told_does_not_move() -> None:
    closed = first_review(held("2027-06-04"))
    assert closed == only("lac-review-first", CHILD, held("2027-06-04"))
    assert "State funeral" not in "".join(closed.explanation)
    assert first_review(ended("2027-06-04")).due_on == date(2027, 6, 29)


def test_a_clock_that_closed_on_the_very_day_it_was_told_moves() -> None:
    assert first_review(held("2027-06-06")).due_on == date(2027, 6, 29)
    assert first_review(held("2027-06-07")).due_on == date(2027, 6, 30)


def test_a_review_on_the_day_that_was_won_is_in_time() -> None:
    assert first_review(held("2027-06-30")).outcome is Outcome.MET
    assert only("lac-review-first", CHILD, held("2027-06-30")).outcome is Outcome.MET_LATE


def test_a_day_taken_back_moves_running_clocks_back_and_leaves_what_closed_while_it_stood() -> None:
    withdrawn = replace(FUNERAL, withdrawn_on=date(2027, 6, 10))
    assert first_review(day=withdrawn).due_on == date(2027, 6, 29)
    for closed, due in ((4, 29), (7, 30), (9, 30), (10, 29), (11, 29)):
        assert first_review(held(f"2027-06-{closed:02}"), day=withdrawn).due_on == date(2027, 6, due), closed


def test_a_day_of_the_file_has_always_been_known() -> None:
    always = replace(FUNERAL, known_from=None)
    assert first_review(held("2027-06-04"), day=always).due_on == date(2027, 6, 30)


# An unborn child's plan: the conference 20 working days after the birth, on 23 June; a day later with the funeral.
UNBORN = fact("plan.started", "2027-04-01", 5, unborn="yes"), fact("child.born", "2027-05-25")


def midpoint(*facts: Fact, day: ProclaimedDay = FUNERAL) -> date:
    return all_of("cp-chair-midpoint", *UNBORN, *facts, calendar=england().with_days([day]))[0].due_on


def test_the_midpoint_follows_what_it_is_halfway_to() -> None:
    assert only("cp-chair-midpoint", *UNBORN).due_on == date(2027, 5, 12)
    assert midpoint() == date(2027, 5, 13)


def test_a_midpoint_check_made_before_does_not_move_although_the_conference_does() -> None:
    assert midpoint(fact("chair_midpoint_check.completed", "2027-06-06")) == date(2027, 5, 12)
    assert midpoint(fact("chair_midpoint_check.completed", "2027-06-07")) == date(2027, 5, 13)
    conference = fact("conference.held", "2027-06-04", conference_type="review")
    assert midpoint(conference) == date(2027, 5, 12)


def test_a_check_that_was_made_stays_halfway_to_the_date_of_its_time(tmp_path: Path) -> None:
    check = HALFWAY.replace('"review.held" }', '"midpoint_check.completed" }')
    catalogue = written(tmp_path, ROW + "pause = true\n" + check)

    def halfway(*facts: Fact, calendar: Calendar) -> date:
        return only("check", started("2027-06-04"), *facts, catalogue=catalogue, calendar=calendar).due_on

    friday = england().with_days(
        [replace(FUNERAL, on=date(2027, 7, 2))]
    )  # the review is due on Monday instead
    assert (halfway(calendar=england()), halfway(calendar=friday)) == (date(2027, 6, 18), date(2027, 6, 19))
    assert halfway(checked("2027-06-06"), calendar=friday) == date(2027, 6, 18)
    assert halfway(checked("2027-06-07"), calendar=friday) == date(2027, 6, 19)
    pause = paused("2027-06-08", "2027-06-08", "2027-06-11")  # the review is due four working days later
    assert halfway(checked("2027-06-07"), pause, calendar=england()) == date(2027, 6, 18)
    assert halfway(checked("2027-06-08"), pause, calendar=england()) == date(2027, 6, 21)


def test_a_promise_that_was_let_go_before_does_not_move(tmp_path: Path) -> None:
    row = written(tmp_path, ROW + "waiver = true\n")

    def waived(on: str, known: date = FUNERAL.on) -> tuple[date, Outcome]:
        calendar = england().with_days([replace(FUNERAL, known_from=known)])
        found = only("review-soon", CHILD, exempted(on), catalogue=row, calendar=calendar)
        return found.due_on, found.outcome

    assert waived("2027-06-04") == (date(2027, 6, 29), Outcome.WAIVED)
    assert waived("2027-06-14") == (date(2027, 6, 30), Outcome.WAIVED)
    assert waived("2027-06-30") == (date(2027, 6, 30), Outcome.WAIVED)
    assert waived("2027-06-30", known=date(2027, 7, 1)) == (date(2027, 6, 30), Outcome.OPEN)


def test_warnings_follow_the_date() -> None:
    assert only("lac-review-first", CHILD).warnings == (
        datetime(2027, 6, 14, 23, tzinfo=UTC),
        datetime(2027, 6, 21, 23, tzinfo=UTC),
    )
    assert first_review().warnings == (
        datetime(2027, 6, 15, 23, tzinfo=UTC),
        datetime(2027, 6, 22, 23, tzinfo=UTC),
    )


def test_a_report_before_a_review_is_due_a_day_sooner() -> None:
    planned = fact("review.scheduled", "2027-06-16")
    assert only("sw-pre-review-report", CHILD, planned).due_on == date(2027, 6, 11)
    moved = only("sw-pre-review-report", CHILD, planned, calendar=england().with_days([FUNERAL]))
    assert moved.due_on == date(2027, 6, 10)


# The calendar as it was known

DAYS = st.dates(date(2027, 1, 1), date(2027, 12, 31)).filter(lambda day: day.weekday() < 5)
KNOWN = st.dates(date(2026, 12, 1), date(2028, 1, 31))


@st.composite
def proclaimed(draw: st.DrawFn) -> ProclaimedDay:
    known = draw(st.none() | KNOWN)
    withdrawn = draw(st.none() | st.integers(0, 90).map(lambda n: known + timedelta(n) if known else None))
    return ProclaimedDay(draw(DAYS), "A day", date(2026, 12, 1), "Proclamation", None, known, withdrawn)


def stood(day: ProclaimedDay, on: date) -> bool:
    after = day.known_from is None or day.known_from <= on
    return after and not (day.withdrawn_on is not None and day.withdrawn_on <= on)


@given(st.lists(proclaimed(), max_size=4), KNOWN)
def test_the_calendar_as_known_on_a_day_is_the_one_of_the_days_that_stood_then(
    days: list[ProclaimedDay], on: date
) -> None:
    then = england().with_days(days).as_known_on(on)
    plain = england().with_days(
        [replace(d, known_from=None, withdrawn_on=None) for d in days if stood(d, on)]
    )
    assert then.version == plain.version
    assert [d.on for d in days if then.is_working_day(d.on)] == [
        d.on for d in days if plain.is_working_day(d.on)
    ]


def test_a_bank_holiday_that_was_moved_is_so_in_the_calendar_of_that_time_too() -> None:
    moved = replace(FUNERAL, instead_of=date(2027, 5, 31))
    calendar = england().with_days([moved])
    before, then = (calendar.as_known_on(date(2027, 6, day)) for day in (6, 7))
    assert then.is_working_day(date(2027, 5, 31)) and not before.is_working_day(date(2027, 5, 31))
    assert then.holiday_name(FUNERAL.on) == "State funeral"
    assert before.holiday_name(FUNERAL.on) is None


@given(st.lists(proclaimed(), max_size=4), KNOWN)
def test_all_that_one_calendar_ever_was_is_of_the_same_edition(days: list[ProclaimedDay], on: date) -> None:
    calendar = england().with_days(days)
    assert calendar.as_known_on(None) is calendar
    assert calendar.as_known_on(on).edition == calendar.edition
    told = [day for day in days if day.known_from is not None]
    assert (calendar.edition == england().edition) is (len(told) == len(days))


@given(st.lists(proclaimed(), max_size=4), KNOWN, st.integers(1, 30))
def test_a_further_day_off_never_makes_anything_due_sooner(
    days: list[ProclaimedDay], start: date, count: int
) -> None:
    plain, busier = england(), england().with_days(days)
    assert WorkingDays(count).due(start, busier).on >= WorkingDays(count).due(start, plain).on
    before = WorkingDays(count, before=True)
    assert before.due(start, busier).on <= before.due(start, plain).on


def test_a_calendar_says_which_it_is() -> None:
    one, again = (england().with_days([FUNERAL]) for _ in range(2))
    assert (one.version, one.edition) == (again.version, again.edition)
    assert one.version != england().version and one.edition == england().edition
    other = Calendar(date(2029, 12, 31))
    assert other.version != england().version and other.edition != england().edition
