"""One child may live under several regimes: in care, placed for adoption, on short breaks, on a protection plan."""

from datetime import date

import pytest

from shared.timescales.engine import Outcome

from .builders import all_of, codes_of, ended, fact, held, only, running_on, started

REVIEWS = ("lac-review", "aar-review", "shortbreak-review")
IN_CARE = started("2025-01-06"), held("2025-02-03", 10), held("2025-05-01", 11)
PLACED = *IN_CARE, fact("adoption.placed", "2025-06-02")
ENDED = fact("adoption.placement_ended", "2025-10-20")


# Adoption


def test_placing_a_child_for_adoption_starts_the_reviews_anew_with_four_weeks() -> None:
    assert running_on("2025-06-01", *PLACED, kind=REVIEWS) == ["lac-review-subsequent"]
    assert running_on("2025-06-02", *PLACED, kind=REVIEWS) == ["aar-review-placed-first"]
    assert only("aar-review-placed-first", *PLACED).due_on == date(2025, 6, 30)
    assert only("lac-review-subsequent", *PLACED).outcome is Outcome.ENDED


def test_then_comes_three_months_and_then_every_six() -> None:
    facts = *PLACED, held("2025-06-27", 12), held("2025-09-20", 13), held("2026-03-10", 14)
    assert only("aar-review-placed-first", *facts).outcome is Outcome.MET
    assert only("aar-review-placed-second", *facts).due_on == date(2025, 9, 27)
    later = all_of("aar-review-placed-subsequent", *facts)
    assert [each.due_on for each in later] == [date(2026, 3, 20), date(2026, 9, 10)]


def test_a_second_adoption_placement_begins_at_four_weeks_again() -> None:
    facts = *PLACED, held("2025-06-27", 12), ENDED, fact("adoption.placed", "2026-02-02")
    first, second = all_of("aar-review-placed-first", *facts)
    assert (first.due_on, second.due_on) == (date(2025, 6, 30), date(2026, 3, 2))
    (third,) = all_of("aar-review-placed-second", *facts, held("2026-02-20", 13))[1:]
    assert third.due_on == date(2026, 5, 20)


def test_ordinary_reviews_stop_while_the_child_is_placed_and_come_back_afterwards() -> None:
    facts = *PLACED, held("2025-06-27", 12), held("2025-09-20", 13), ENDED
    assert running_on("2025-10-01", *facts, kind=REVIEWS) == ["aar-review-placed-subsequent"]
    assert running_on("2025-10-20", *facts, kind=REVIEWS) == ["aar-review-placement-ended"]
    back = *facts, held("2025-11-20", 14)
    assert running_on("2025-11-20", *back, kind=REVIEWS) == ["lac-review-subsequent"]
    assert only("aar-review-placement-ended", *back).due_on == date(2025, 12, 1)


def test_the_midpoint_of_a_placed_child_is_halfway_to_the_review_of_the_placement() -> None:
    check = all_of("iro-midpoint-lac", *PLACED, held("2025-06-27", 12))[-1]
    assert check.due_on == date(2025, 8, 12)  # 92 days to 27 September, 46 of them


def test_a_child_authorised_and_not_placed_has_the_reviews_of_both_regimes() -> None:
    facts = *IN_CARE[:2], fact("adoption.authorised", "2025-03-01")
    assert only("aar-review-authorised-first", *facts).due_on == date(2025, 6, 1)
    assert running_on("2025-04-01", *facts, kind=REVIEWS) == [
        "aar-review-authorised-first",
        "lac-review-second",
    ]
    assert only("aar-review-authorised-subsequent", *facts, IN_CARE[2]).due_on == date(2025, 11, 1)


def test_once_placed_nothing_is_owed_for_being_merely_authorised() -> None:
    facts = *IN_CARE[:2], fact("adoption.authorised", "2025-03-01"), *PLACED[2:], held("2025-06-20", 12)
    assert running_on("2025-06-20", *facts, kind=REVIEWS) == ["aar-review-placed-second"]


def test_authority_that_ends_ends_its_reviews_and_leaves_the_ordinary_ones() -> None:
    facts = *IN_CARE[:2], fact("adoption.authorised", "2025-03-01")
    facts = *facts, fact("adoption.authority_ended", "2025-04-10"), IN_CARE[2]
    assert only("aar-review-authorised-first", *facts).outcome is Outcome.ENDED
    assert running_on("2025-05-01", *facts, kind=REVIEWS) == ["lac-review-subsequent"]


def test_visits_to_an_adoption_placement_are_weekly_until_its_first_review() -> None:
    facts = (
        *PLACED,
        fact("visit.made", "2025-06-05"),
        fact("visit.made", "2025-06-11"),
        held("2025-06-16", 12),
    )
    assert only("aar-visit-placed-first", *facts).due_on == date(2025, 6, 9)
    first, second = all_of("aar-visit-placed-weekly", *facts)
    assert (first.due_on, first.outcome) == (date(2025, 6, 12), Outcome.MET)
    assert (second.due_on, second.outcome, second.closed_by) == (
        date(2025, 6, 18),
        Outcome.ENDED,
        "review.held",
    )
    assert (
        running_on("2025-07-01", *facts, fact("visit.made", "2025-06-30"), kind=("aar-visit", "visit")) == []
    )


# Short breaks, remand, early reviews


def test_short_breaks_never_start_what_other_children_in_care_are_owed() -> None:
    facts = (
        started("2025-01-06", regime="short_breaks"),
        fact("placement.started", "2025-01-06", 5, placement_type="foster"),
        fact("visit.made", "2025-02-10"),
        fact("health_assessment.completed", "2025-02-10"),
        held("2025-03-20", 10),
        held("2025-09-01", 11),
    )
    others = ("lac-review", "visit-reg28", "iha", "rha", "pep", "placement-")
    assert [code for code in codes_of(*facts) if code.startswith(others)] == []
    assert only("shortbreak-review-first", *facts).due_on == date(2025, 4, 6)
    assert [each.due_on for each in all_of("shortbreak-review-subsequent", *facts)] == [
        date(2025, 9, 20),
        date(2026, 3, 1),
    ]
    assert [each.due_on for each in all_of("shortbreak-visit-subsequent", *facts)] == [date(2025, 8, 10)]


@pytest.mark.parametrize("regime", ["ordinary", "remand"])
def test_no_other_child_is_owed_the_reviews_of_short_breaks(regime: str) -> None:
    facts = started("2025-01-06", regime=regime), held("2025-02-03"), fact("visit.made", "2025-02-10")
    assert [code for code in codes_of(*facts) if code.startswith("shortbreak")] == []
    assert only("lac-review-first", *facts).due_on == date(2025, 2, 3)


def test_a_second_remand_on_the_day_the_first_ended_has_a_plan_of_its_own() -> None:
    facts = (
        started("2025-01-06", regime="remand"),
        fact("remand.ordered", "2025-01-06", 5, accommodation="youth_detention"),
        fact("remand.ended", "2025-02-03", 6),
        fact("remand.ordered", "2025-02-03", 7, accommodation="youth_detention"),
    )
    first, second = all_of("yda-detention-placement-plan", *facts)
    assert first.outcome is Outcome.ENDED_UNMET
    assert (second.due_on, second.outcome) == (date(2025, 2, 17), Outcome.OPEN)


def test_a_child_moved_from_one_secure_home_to_another_is_reviewed_in_a_month_again() -> None:
    facts = (
        started("2025-01-06"),
        fact("secure_accommodation.began", "2025-01-06", 5),
        fact("secure_accommodation.ended", "2025-01-30", 6),
        fact("secure_accommodation.began", "2025-01-30", 7),
    )
    first, second = all_of("secure-review-first", *facts)
    assert (first.outcome, second.outcome) == (Outcome.ENDED, Outcome.OPEN)
    assert second.due_on == date(2025, 2, 28)
    reviewed = *facts, fact("secure_review.held", "2025-01-30")
    assert only("secure-review-subsequent", *reviewed).due_on == date(2025, 4, 30)


def test_a_review_held_early_starts_the_next_interval_from_its_own_day() -> None:
    early, late = held("2025-03-10", 11), held("2025-06-30", 11)
    assert only("lac-review-subsequent", *IN_CARE[:2], early).due_on == date(2025, 9, 10)
    assert only("lac-review-subsequent", *IN_CARE[:2], late).due_on == date(2025, 12, 30)
    assert only("lac-review-second", *IN_CARE[:2], late).outcome is Outcome.MET_LATE


@pytest.mark.parametrize(
    ("left", "outcome"),
    [("2025-04-01", Outcome.ENDED), ("2025-04-02", Outcome.ENDED), ("2025-04-03", Outcome.ENDED_UNMET)],
)
def test_leaving_care_before_a_planned_review_ends_what_was_owed_for_it_and_hides_no_miss(
    left: str, outcome: Outcome
) -> None:
    planned = fact("review.scheduled", "2025-04-07", 12)  # the report is due on 2 April
    report = only("sw-pre-review-report", *IN_CARE[:2], planned, ended(left))
    assert (report.due_on, report.outcome, report.closed_on) == (
        date(2025, 4, 2),
        outcome,
        date.fromisoformat(left),
    )
    met = only(
        "sw-pre-review-report",
        *IN_CARE[:2],
        planned,
        fact("review.report_received", "2025-03-31", 12),
        ended(left),
    )
    assert met.outcome is Outcome.MET


def test_every_clock_of_a_child_ends_when_care_ends() -> None:
    facts = *PLACED, held("2025-06-27", 12), fact("visit.made", "2025-06-28"), ended("2025-08-01")
    owed_after_care = ["review-decisions-issued", "review-record", "review-record-distribution"]
    assert set(running_on("2025-08-01", *facts)) == set(owed_after_care)
