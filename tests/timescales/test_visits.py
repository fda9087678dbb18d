"""Visits to children in care: how often depends on the placement, how long it has lasted, and what was agreed."""

from collections.abc import Iterable
from datetime import date

import pytest

from shared.timescales.engine import Outcome
from shared.timescales.facts import Fact

from .builders import all_of, ended, fact, held, only, running_on, started

IN_CARE = started("2022-01-10")
VISITS = ("visit-reg28", "aar-visit", "shortbreak-visit")


def placed(on: str, record: int = 5, **codes: str) -> Fact:
    return fact("placement.started", on, record, **codes)


def moved_on(on: str, record: int = 5) -> Fact:
    return fact("placement.ended", on, record)


def visited(on: str) -> Fact:
    return fact("visit.made", on)


def due_after(visit: str, *facts: Fact) -> date:
    """When the next visit is due after one; the test fails unless exactly one clock starts with it."""
    day = date.fromisoformat(visit)
    history = [IN_CARE, *facts, visited(visit)]
    codes = set(running_on(visit, *history, kind=VISITS))
    (due,) = {each.due_on for code in codes for each in all_of(code, *history) if each.starts_on == day}
    return due


FOSTER = placed("2022-01-10", placement_type="foster")


def test_the_first_visit_is_within_a_week_of_every_placement() -> None:
    facts = IN_CARE, FOSTER, visited("2022-01-14"), moved_on("2022-03-01"), placed("2022-03-01", 6)
    first, second = all_of("visit-reg28-first", *facts)
    assert (first.due_on, first.outcome) == (date(2022, 1, 17), Outcome.MET)
    assert (second.due_on, second.outcome) == (date(2022, 3, 8), Outcome.OPEN)


def test_visits_are_six_weekly_in_the_first_year_and_the_day_of_the_visit_decides() -> None:
    lasting = placed("2022-01-10", placement_type="foster", intended_to_18="yes")
    assert due_after("2023-01-09", lasting) == date(2023, 2, 20)
    assert due_after("2023-01-10", lasting) == date(2023, 4, 10)
    assert due_after("2023-01-10", FOSTER) == date(2023, 2, 21)


@pytest.mark.parametrize(
    ("codes", "due"),
    [
        ({}, date(2023, 7, 13)),
        ({"intended_to_18": "no"}, date(2023, 7, 13)),
        ({"intended_to_18": "yes"}, date(2023, 9, 1)),
        ({"intended_to_18": "yes", "fewer_visits_agreed": "yes"}, date(2023, 9, 1)),
        ({"long_term_foster": "yes"}, date(2023, 9, 1)),
        ({"long_term_foster": "yes", "intended_to_18": "yes"}, date(2023, 9, 1)),
        ({"long_term_foster": "yes", "fewer_visits_agreed": "yes"}, date(2023, 12, 1)),
    ],
)
def test_after_a_year_it_depends_on_what_the_placement_is_meant_to_be(
    codes: dict[str, str], due: date
) -> None:
    assert due_after("2023-06-01", placed("2022-01-10", placement_type="foster", **codes)) == due


def test_a_long_term_placement_is_so_from_the_day_it_was_designated() -> None:
    designated = fact(
        "placement.designated", "2023-03-01", 5, long_term_foster="yes", fewer_visits_agreed="yes"
    )
    assert due_after("2023-02-28", FOSTER, designated) == date(2023, 4, 11)
    assert due_after("2023-03-01", FOSTER, designated) == date(2023, 9, 1)


def test_what_was_agreed_for_one_placement_does_not_hold_in_the_next() -> None:
    long_term = placed("2022-01-10", long_term_foster="yes", fewer_visits_agreed="yes")
    assert due_after("2024-06-03", long_term, placed("2023-05-01", 6)) == date(2024, 7, 15)
    old = fact("placement.designated", "2024-01-08", 5, long_term_foster="yes", fewer_visits_agreed="yes")
    assert due_after("2024-06-03", FOSTER, placed("2023-05-01", 6), old) == date(2024, 7, 15)


# Weekly until the first review


@pytest.mark.parametrize(
    ("placement_type", "weeks"),
    [("parents_unassessed", 6), ("parents_interim_order", 4), ("temporary_connected", 4)],
)
def test_visits_are_weekly_until_the_first_review_of_a_placement(placement_type: str, weeks: int) -> None:
    home = placed("2022-01-10", placement_type=placement_type)
    assert due_after("2022-01-13", home) == date(2022, 1, 20)
    review = held("2022-02-01")
    assert due_after("2022-02-08", home, review) == date.fromordinal(date(2022, 2, 8).toordinal() + 7 * weeks)
    facts = IN_CARE, home, visited("2022-01-27"), review
    assert running_on("2022-01-31", *facts, kind=VISITS)[0].endswith(("unassessed", "ico"))
    assert running_on("2022-02-01", *facts, kind=VISITS)[0].endswith("-reviewed")


def test_a_review_before_the_move_home_does_not_end_the_weekly_visits() -> None:
    home = placed("2022-03-01", 6, placement_type="parents_unassessed")
    assert due_after("2022-03-08", FOSTER, held("2022-02-01"), home) == date(2022, 3, 15)


def test_at_home_under_a_care_order_the_order_starts_a_week_and_then_visits_are_six_weekly() -> None:
    home = placed("2022-01-10", placement_type="parents_care_order")
    order = fact("care_order.made", "2022-02-14")
    first, again = all_of("visit-reg28-care-order-home-first", IN_CARE, home, visited("2022-01-12"), order)
    assert (first.due_on, first.outcome) == (date(2022, 1, 17), Outcome.MET)
    assert (again.due_on, again.outcome) == (date(2022, 2, 21), Outcome.OPEN)
    assert due_after("2022-02-16", home, order) == date(2022, 3, 30)
    assert all_of("visit-reg28-first", IN_CARE, home) == []


# Moves


TYPES = (
    "foster", "connected", "residential", "independent", "secure", "other", "parents_unassessed",
    "parents_interim_order", "parents_care_order", "temporary_connected",
)  # fmt: skip


def every_move() -> Iterable[tuple[str, str]]:
    return [(one, other) for one in TYPES for other in TYPES]


@pytest.mark.parametrize(("one", "other"), every_move())
def test_after_each_visit_exactly_one_clock_runs_through_a_move_on_the_same_day(one: str, other: str) -> None:
    facts = (
        *(IN_CARE, placed("2022-01-10", placement_type=one), visited("2022-01-12"), held("2022-02-01")),
        *(moved_on("2022-03-01"), placed("2022-03-01", 6, placement_type=other), visited("2022-03-01")),
        *(visited("2022-03-04"), held("2022-04-05", 11), visited("2022-04-20"), visited("2023-06-01")),
    )
    for day in ("2022-01-12", "2022-02-10", "2022-03-01", "2022-03-04", "2022-04-20", "2023-06-01"):
        assert len(running_on(day, *facts, kind=VISITS)) == 1, day


def test_a_move_ends_the_clock_of_the_old_placement_and_a_visit_that_day_counts_in_the_new() -> None:
    facts = IN_CARE, FOSTER, visited("2022-02-20"), moved_on("2022-03-01"), placed("2022-03-01", 6)
    old = only("visit-reg28-year1", *facts)
    assert (old.outcome, old.closed_on) == (Outcome.ENDED, date(2022, 3, 1))
    visit = *facts, visited("2022-03-01")
    assert all_of("visit-reg28-first", *visit)[1].outcome is Outcome.MET
    assert running_on("2022-03-01", *visit, kind=VISITS) == ["visit-reg28-year1"]


def test_the_end_of_a_placement_ends_its_clock_though_no_other_has_begun() -> None:
    ended_there = only("visit-reg28-year1", IN_CARE, FOSTER, visited("2022-02-20"), moved_on("2022-03-01"))
    assert (ended_there.outcome, ended_there.closed_by) == (Outcome.ENDED, "placement.ended")


def test_visits_that_say_the_same_are_judged_each_by_the_placement_of_its_day() -> None:
    home = placed("2022-03-01", 6, placement_type="parents_unassessed")
    seen = [fact("visit.made", day, seen="yes") for day in ("2022-02-20", "2022-03-04", "2022-03-10")]
    facts = IN_CARE, FOSTER, moved_on("2022-03-01"), home, *seen
    assert [each.starts_on for each in all_of("visit-reg28-year1", *facts)] == [seen[0].on]
    assert [each.starts_on for each in all_of("visit-reg28-parents-unassessed", *facts)] == [
        seen[1].on,
        seen[2].on,
    ]
    late = *facts, moved_on("2022-03-07")
    assert all_of("visit-reg28-parents-unassessed", *late) == all_of("visit-reg28-parents-unassessed", *facts)


def test_the_end_of_an_earlier_placement_told_late_changes_nothing() -> None:
    facts = IN_CARE, FOSTER, placed("2022-03-01", 6, placement_type="foster"), visited("2022-03-04")
    for late in ("2022-03-01", "2022-03-04", "2022-03-20"):
        assert all_of("visit-reg28-year1", *facts, moved_on(late)) == all_of("visit-reg28-year1", *facts)
        later = *facts, moved_on(late), visited("2022-04-01")
        assert running_on("2022-04-01", *later, kind=VISITS) == ["visit-reg28-year1"]


def test_the_end_of_care_ends_every_visit() -> None:
    facts = IN_CARE, FOSTER, visited("2022-02-20"), ended("2022-03-01")
    assert running_on("2022-03-01", *facts, kind=VISITS) == []
