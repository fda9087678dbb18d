"""Which fact starts a clock and which one stops it, where several happened, some of them on one day."""

from datetime import date
from pathlib import Path

from shared.timescales.engine import Outcome

from .builders import all_of, allocated, ended, fact, fact_at, held, notified, only, running_on, started
from .rows import ROW, written

CHILD = started("2025-01-06")
VISITED = ROW.replace('stops     = { fact = "review.held" }', 'stops     = { fact = "visit.made" }')


# Starts


def test_a_review_before_care_began_takes_nothing_from_one_on_the_first_day() -> None:
    facts = held("2024-12-01", 9), CHILD, held("2025-01-06", 10)
    assert only("lac-review-second", *facts).starts_on == date(2025, 1, 6)


def test_a_review_on_the_last_day_of_care_starts_a_clock_that_ends_there_and_a_later_one_none() -> None:
    facts = CHILD, held("2025-01-30", 10), ended("2025-01-30"), held("2025-02-05", 11)
    second = only("lac-review-second", *facts)
    assert (second.starts_on, second.outcome) == (date(2025, 1, 30), Outcome.ENDED)
    assert all_of("lac-review-subsequent", *facts) == []


def test_clocks_that_last_until_something_start_no_more_on_its_day_or_later(tmp_path: Path) -> None:
    row = VISITED.replace('"care_period.started" }', '"visit.made", until = "review.held" }')
    catalogue = written(tmp_path, row)
    visits = [fact("visit.made", f"2025-01-{day}") for day in (10, 13, 20)]
    found = all_of("review-soon", CHILD, *visits, held("2025-01-13"), catalogue=catalogue)
    assert [each.starts_on.day for each in found] == [10]
    assert len(all_of("review-soon", CHILD, *visits, catalogue=catalogue)) == 3


def test_the_first_is_counted_anew_from_each_of_what_it_is_counted_since(tmp_path: Path) -> None:
    row = VISITED.replace(
        '"care_period.started" }', '"review.held", nth = "first", since = "placement.started" }'
    )
    catalogue = written(tmp_path, row)
    facts = [CHILD, *(held(f"2025-{month:02}-03", month) for month in range(2, 7))]
    placements = [
        fact("placement.started", day, 20 + n) for n, day in enumerate(("2025-02-10", "2025-04-03"))
    ]
    found = all_of("review-soon", *facts, *placements, catalogue=catalogue)
    assert [each.starts_on.month for each in found] == [3, 4]


# Stops


def test_the_latest_of_several_that_were_there_already_is_named() -> None:
    facts = CHILD, notified("2025-01-08T10:00:00+00:00")
    officers = [allocated(f"2025-01-0{day}T10:00:00+00:00", day) for day in (3, 5, 7)]
    named = only("iro-allocation-sefton", *facts, *officers)
    assert (named.outcome, named.closed_on) == (Outcome.MET, date(2025, 1, 7))


def test_an_interview_before_the_child_came_back_that_day_is_not_the_one_owed() -> None:
    back = fact_at("child.returned", "2025-06-02T16:00:00+01:00")

    def interview(at: str) -> Outcome:
        return only("missing-rhi", back, fact_at("return_interview.held", at)).outcome

    assert interview("2025-06-02T15:59:59+01:00") is Outcome.OPEN
    assert interview("2025-06-02T16:00:00+01:00") is Outcome.MET
    assert interview("2025-06-05T16:00:00+01:00") is Outcome.MET
    assert interview("2025-06-05T16:00:01+01:00") is Outcome.MET_LATE
    by_the_day = only("missing-rhi", back, fact("return_interview.held", "2025-06-05"))
    assert by_the_day.outcome is Outcome.MET


def test_of_many_interviews_the_first_after_the_child_came_back_counts() -> None:
    back = fact_at("child.returned", "2025-06-02T16:00:00+01:00")
    times = ("01T17:00", "02T10:00", "02T11:00", "02T17:00", "03T09:00")
    interviews = [
        fact_at("return_interview.held", f"2025-06-{time}:00+01:00", number)
        for number, time in enumerate(times, 10)
    ]
    assert only("missing-rhi", back, *interviews).opened.stop == interviews[3]


def test_a_stop_of_the_same_record_must_say_what_is_asked_of_it(tmp_path: Path) -> None:
    said = '"review.held", same_record = true, when = { source = ["case_system"] } }'
    row = VISITED.replace('"care_period.started" }', '"review.began" }').replace('"visit.made" }', said)
    catalogue = written(tmp_path, row)
    facts = CHILD, fact("review.began", "2025-01-13", 10)
    for review, outcome in (
        (held("2025-01-20", 10, source="case_system"), Outcome.MET),
        (held("2025-01-20", 11, source="case_system"), Outcome.OPEN),
        (held("2025-01-20", 10, source="ssda903"), Outcome.OPEN),
        (held("2025-01-20", 10), Outcome.OPEN),
    ):
        assert only("review-soon", *facts, review, catalogue=catalogue).outcome is outcome


def test_each_kind_of_conference_meets_its_own_clock_in_one_history() -> None:
    facts = (
        fact("strategy_discussion.held", "2025-01-06", 4, section47="initiated"),
        fact("conference.held", "2025-01-20", 5, conference_type="initial"),
        fact("plan.started", "2025-01-20", 6),
        fact("conference.held", "2025-04-10", 7, conference_type="review"),
    )
    assert only("icpc-15wd", *facts).closed_on == date(2025, 1, 20)
    assert only("rcpc-first", *facts).closed_on == date(2025, 4, 10)
    assert only("rcpc-subsequent", *facts).starts_on == date(2025, 4, 10)


def test_each_of_three_plans_that_follow_one_another_is_ended_by_its_own_end() -> None:
    days = ("2025-01-20", "2025-03-03", "2025-06-02", "2025-09-01")
    starts = [fact("plan.started", day, n) for n, day in enumerate(days[:-1], 10)]
    ends = [fact("plan.ended", day, n) for n, day in enumerate(days[1:], 20)]
    found = all_of("cp-plan-9-months", *starts, *ends)
    assert [each.closed_on for each in found] == [date.fromisoformat(day) for day in days[1:]]


# Ends


def test_a_child_authorised_and_placed_for_adoption_on_one_day_is_a_placed_child() -> None:
    facts = CHILD, fact("adoption.authorised", "2025-01-20"), fact("adoption.placed", "2025-01-20")
    assert running_on("2025-01-20", *facts, kind=("aar-review", "lac-review")) == ["aar-review-placed-first"]
    assert only("aar-review-authorised-first", *facts).outcome is Outcome.ENDED


def test_a_visit_after_a_move_in_the_second_year_is_in_the_first_year_of_the_new_placement() -> None:
    long = {"placement_type": "foster", "intended_to_18": "yes"}
    facts = started("2022-01-10"), fact("placement.started", "2022-01-10", 5, **long)
    moved = (
        *facts,
        fact("placement.ended", "2023-05-01", 5),
        fact("placement.started", "2023-05-01", 6, **long),
    )
    assert running_on("2023-06-01", *facts, fact("visit.made", "2023-06-01"), kind="visit") == [
        "visit-reg28-after"
    ]
    assert running_on("2023-06-01", *moved, fact("visit.made", "2023-06-01"), kind="visit") == [
        "visit-reg28-year1"
    ]


def test_what_a_designation_does_not_say_stays_as_the_placement_said_it() -> None:
    placement = fact("placement.started", "2022-01-10", 5, placement_type="foster", long_term_foster="yes")
    agreed = fact("placement.designated", "2023-03-01", 5, fewer_visits_agreed="yes")
    facts = started("2022-01-10"), placement, agreed, fact("visit.made", "2023-06-01")
    assert running_on("2023-06-01", *facts, kind="visit") == ["visit-reg28-long-term-foster"]
