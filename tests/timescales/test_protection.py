"""Children on a protection plan: conferences, core groups, visits, and a plan that follows another."""

from datetime import date

import pytest

from shared.timescales.catalogue import load_catalogue
from shared.timescales.engine import Outcome

from .builders import all_of, codes_of, fact, only, running_on, started

PLAN = fact("plan.started", "2025-01-20", 5)
MARKS = [f"cp-plan-{months}-months" for months in (15, 18, 24, 9)]


def reviewed(on: str) -> object:
    return fact("conference.held", on, conference_type="review")


def test_a_child_in_care_on_a_plan_and_missing_from_home_has_every_clock_at_once() -> None:
    in_care = running_on("2025-01-20", started("2025-01-06"), kind="lac-review")
    assert in_care == ["lac-review-first"]
    on_a_plan = running_on("2025-01-20", PLAN)
    assert on_a_plan == [
        "cp-chair-midpoint",
        "cp-core-group-first",
        *MARKS,
        "cp-visit",
        "rcpc-first",
    ]


def test_clocks_of_one_start_come_in_the_order_of_the_catalogue_midpoints_too() -> None:
    found = codes_of(PLAN)
    assert found == [row.code for row in load_catalogue().timescales if row.code in found]
    assert found.index("cp-chair-midpoint") < found.index("cp-visit")


def test_the_conference_comes_after_three_months_and_then_six_months_after_the_last() -> None:
    facts = PLAN, reviewed("2025-04-10"), reviewed("2025-09-01")
    assert only("rcpc-first", *facts).due_on == date(2025, 4, 20)
    assert [each.due_on for each in all_of("rcpc-subsequent", *facts)] == [
        date(2025, 10, 10),
        date(2026, 3, 1),
    ]


# Birth


UNBORN = fact("plan.started", "2025-01-20", 5, unborn="yes")


def test_an_unborn_childs_conference_clock_moves_when_the_birth_is_recorded() -> None:
    assert only("rcpc-first-prebirth", UNBORN).due_on == date(2025, 4, 20)
    assert only("rcpc-first-prebirth", UNBORN, fact("child.born", "2025-02-14")).due_on == date(2025, 3, 14)
    assert only("rcpc-first-prebirth", UNBORN, fact("child.born", "2025-04-10")).due_on == date(2025, 4, 20)


def test_a_birth_after_the_conference_moves_neither_it_nor_the_midpoint_before_it() -> None:
    check, met = fact("chair_midpoint_check.completed", "2025-02-20"), reviewed("2025-03-03")
    born = fact("child.born", "2025-03-05")
    for code in ("rcpc-first-prebirth", "cp-chair-midpoint"):
        assert all_of(code, UNBORN, check, met, born) == all_of(code, UNBORN, check, met)
    assert only("cp-chair-midpoint", UNBORN, check, fact("child.born", "2025-02-21")) == only(
        "cp-chair-midpoint", UNBORN, check
    )


def test_a_child_born_before_the_plan_has_no_clock_for_the_unborn() -> None:
    born = fact("child.born", "2024-06-01")
    assert all_of("rcpc-first-prebirth", PLAN, born) == []
    assert only("rcpc-first-prebirth", UNBORN, born).due_on == date(2025, 4, 20)


def test_a_child_unborn_when_the_plan_started_is_visited_from_birth_on() -> None:
    assert all_of("cp-visit", UNBORN) == []
    visit = only("cp-visit", UNBORN, fact("child.born", "2025-02-14"))
    assert (visit.starts_on, visit.due_on) == (date(2025, 2, 14), date(2025, 2, 28))


# Core groups and visits


def test_core_groups_were_monthly_and_are_four_weekly_by_the_day_of_the_last() -> None:
    facts = (
        fact("plan.started", "2024-11-20", 5),
        fact("core_group.held", "2024-11-29"),
        fact("core_group.held", "2024-12-31"),
        fact("core_group.held", "2025-01-01"),
    )
    assert only("cp-core-group-first", *facts).due_on == date(2024, 12, 4)
    assert [each.due_on for each in all_of("cp-core-group-subsequent", *facts)] == [
        date(2024, 12, 29),
        date(2025, 1, 31),
        date(2025, 1, 29),
    ]


@pytest.mark.parametrize("code", ["core_group.held", "conference.held"])
def test_a_meeting_on_the_day_a_plan_ends_starts_nothing(code: str) -> None:
    facts = PLAN, fact(code, "2025-06-02"), fact("plan.ended", "2025-06-02")
    assert running_on("2025-06-02", *facts, kind=("cp-core", "rcpc", "cp-chair")) == []


def test_a_visit_at_which_the_child_was_not_seen_does_not_count() -> None:
    unseen = PLAN, fact("visit.made", "2025-01-27", seen="no"), fact("visit.made", "2025-01-28")
    assert only("cp-visit", *unseen).outcome is Outcome.OPEN
    first, second = all_of("cp-visit", *unseen, fact("visit.made", "2025-01-29", seen="yes"))
    assert (first.outcome, second.due_on) == (Outcome.MET, date(2025, 2, 12))


# One plan after another


AGAIN = PLAN, fact("plan.ended", "2025-06-02", 6), fact("plan.started", "2025-06-02", 7)


def test_a_second_plan_begun_on_the_day_the_first_ended_has_clocks_of_its_own() -> None:
    assert running_on("2025-06-02", *AGAIN) == running_on("2025-01-20", PLAN)
    assert [each.due_on for each in all_of("rcpc-first", *AGAIN)] == [date(2025, 4, 20), date(2025, 9, 2)]


def test_the_end_of_the_first_plan_is_not_the_end_of_the_second() -> None:
    for code in MARKS:
        first, second = all_of(code, *AGAIN)
        assert (first.outcome, first.closed_on) == (Outcome.MET, date(2025, 6, 2))
        assert second.outcome is Outcome.OPEN
    assert only("cp-core-group-subsequent", *AGAIN, fact("core_group.held", "2025-06-12")).outcome == "open"


def test_a_plan_that_ended_leaves_nothing_running() -> None:
    facts = PLAN, fact("core_group.held", "2025-01-30"), reviewed("2025-04-10")
    facts = *facts, fact("visit.made", "2025-02-01", seen="yes"), fact("plan.ended", "2025-07-01")
    assert running_on("2025-07-01", *facts) == ["cp-decision-letter", "cp-minutes"]
    assert all_of("cp-visit", *facts, fact("visit.made", "2025-08-01", seen="yes"))[-1].starts_on < date(
        2025, 7, 1
    )


# Enquiries


def test_the_conference_is_counted_from_the_discussion_that_began_the_enquiry() -> None:
    facts = (
        fact("strategy_discussion.held", "2025-04-02", 5, section47="not_initiated"),
        fact("strategy_discussion.held", "2025-04-10", 6, section47="initiated"),
        fact("strategy_discussion.held", "2025-04-14", 7, section47="continued"),
    )
    assert only("icpc-15wd", *facts).due_on == date(2025, 5, 6)
    assert only("icpc-15wd", *facts, fact("section47.ended", "2025-04-30")).outcome is Outcome.ENDED
    initial = fact("conference.held", "2025-05-07", conference_type="initial")
    assert only("icpc-15wd", *facts, initial).outcome is Outcome.MET_LATE
    assert only("icpc-15wd", *facts, reviewed("2025-05-01")).outcome is Outcome.OPEN


def test_a_temporary_stay_brings_no_plan_over() -> None:
    assert all_of("cp-transfer-in", fact("transfer_in.notified", "2025-01-06", residence="temporary")) == []
    notice = fact("transfer_in.notified", "2025-01-06", residence="permanent")
    assert only("cp-transfer-in", notice).due_on == date(2025, 1, 27)
