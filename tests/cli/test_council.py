"""The made-up council: a pure function of the day."""

from collections import Counter
from datetime import date

import pytest

from services.cli.demo.council import CASELOADS, Council, build_council
from shared.timescales.calendar import england
from shared.timescales.london import day_starts_at

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def council() -> Council:
    return build_council("E08000014", TODAY, england())


def test_six_hundred_and_seventeen_children_are_in_care(council: Council) -> None:
    assert len(council.children) == len(council.care_periods) == 617
    assert len({child.reference for child in council.children}) == 617


def test_eight_officers_work_full_time_and_one_part_time(council: Council) -> None:
    loads = Counter(allocation.officer for allocation in council.allocations)
    assert loads == CASELOADS
    assert all(73 <= loads[f"iro-{n}"] <= 77 for n in range(1, 9))
    assert 25 <= loads["iro-9"] <= 40


def test_a_few_children_have_no_officer_yet(council: Council) -> None:
    assert len(council.children) - len(council.allocations) == 3


def test_the_same_day_gives_the_same_council(council: Council) -> None:
    assert build_council("E08000014", TODAY, england()) == council


def test_another_seed_gives_another_council(council: Council) -> None:
    assert build_council("E08000014", TODAY, england(), seed=1) != council


def test_another_authority_shares_no_id_with_it(council: Council) -> None:
    other = build_council("E06000001", TODAY, england())
    assert not {child.id for child in other.children} & {child.id for child in council.children}


@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 1), date(2028, 2, 29), date(2027, 3, 28)])
def test_nothing_has_happened_that_lies_ahead(today: date) -> None:
    council = build_council("E08000014", today, england())
    assert all(period.started_on < today for period in council.care_periods)
    assert all(review.held_on < today for review in council.reviews if review.held_on)
    assert all(review.scheduled_on > today for review in council.reviews if not review.held_on)
    assert all(check.completed_on < today for check in council.midpoint_checks)
    assert all(allocation.allocated_at < day_starts_at(today) for allocation in council.allocations)


def test_time_in_care_runs_from_days_to_fourteen_years(council: Council) -> None:
    days = sorted((TODAY - period.started_on).days for period in council.care_periods)
    assert days[0] == 1
    assert days[3] >= 7
    assert 10 * 365 < days[-1] <= 14 * 365


def test_every_child_is_a_minor_born_before_they_came_into_care(council: Council) -> None:
    for child, period in zip(council.children, council.care_periods, strict=True):
        assert child.date_of_birth is not None
        assert child.date_of_birth <= period.started_on
        assert (TODAY - child.date_of_birth).days < 18 * 365.25


def test_nothing_is_held_before_care_began_and_nothing_on_a_closed_day(council: Council) -> None:
    started = {period.id: period.started_on for period in council.care_periods}
    for review in council.reviews:
        if review.held_on:
            assert review.held_on > started[review.care_period_id]
            assert england().is_working_day(review.held_on)
