"""What nobody can grant: a sooner date, a rescue, or anything that the row does not allow."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.timescales.engine import Outcome
from shared.timescales.facts import Fact

from .builders import CARE, exempted, held, paused
from .granting import told

GRANTS = (
    paused("2025-01-13", "2025-01-13", "2025-01-17"),
    exempted("2025-01-13", "2025-02-20"),
    exempted("2025-01-10"),
)


def test_nothing_is_granted_where_the_row_does_not_allow_it() -> None:
    bare = told(allowed="")
    assert told(*GRANTS, allowed="") == bare
    assert told(GRANTS[0], allowed='extension = "8 weeks"\nwaiver = true\n').due_on == bare.due_on
    assert told(GRANTS[1], allowed="pause = true\nwaiver = true\n").due_on == bare.due_on
    assert told(*GRANTS[:0:-1], allowed='extension = "8 weeks"\n').due_on == date(2025, 2, 20)
    assert told(GRANTS[2], allowed='pause = true\nextension = "8 weeks"\n').outcome is Outcome.OPEN


def test_what_is_granted_for_another_clock_changes_nothing() -> None:
    for other in (
        paused("2025-01-13", "2025-01-13", "2025-01-17", code="another"),
        paused("2025-01-13", "2025-01-13", "2025-01-17", anchor=held("2025-01-01").record),
    ):
        assert told(other) == told()


@pytest.mark.parametrize(
    "codes",
    [
        {},
        {"timescale": "review-soon"},
        {"timescale": "review-soon", "anchor": str(CARE), "from": "2025-01-13"},
        {"timescale": "review-soon", "anchor": str(CARE), "from": "soon", "until": "later"},
        {"timescale": "review-soon", "anchor": str(CARE), "from": "2025-01-13", "until": "9999-12-31"},
    ],
)
def test_a_pause_that_makes_no_sense_changes_nothing(codes: dict[str, str]) -> None:
    assert told(Fact("pause.granted", CARE, date(2025, 1, 13), None, codes)) == told()


def test_nothing_rescues_what_was_overdue_on_the_day_it_was_granted() -> None:
    late = "2025-02-04"
    for grant in (
        paused(late, "2025-01-13", "2025-01-17"),
        exempted(late, "2025-02-20"),
        exempted(late),
    ):
        assert told(grant) == told()
    assert told(exempted("2025-02-03", "2025-02-20")).due_on == date(2025, 2, 20)


DAYS = st.integers(-20, 90).map(lambda n: date(2025, 1, 6) + timedelta(days=n))
GRANTED = st.one_of(
    st.tuples(DAYS, DAYS, st.integers(0, 40)).map(
        lambda each: paused(*(day.isoformat() for day in (*each[:2], each[1] + timedelta(days=each[2]))))
    ),
    st.tuples(DAYS, DAYS).map(lambda each: exempted(*(day.isoformat() for day in each))),
)


@given(st.lists(GRANTED, max_size=4), st.sampled_from(["20 working days", "28 days", "1 month"]))
def test_whatever_is_granted_the_date_never_comes_sooner(grants: Sequence[Fact], limit: str) -> None:
    bare, relieved = told(limit=limit), told(*grants, limit=limit)
    assert relieved.due_on >= bare.due_on
    assert told(*reversed(grants), limit=limit) == relieved
    if all(grant.on > bare.due_on for grant in grants):
        assert relieved == bare


@given(GRANTED, st.sampled_from(["20 working days", "28 days", "1 month"]))
def test_a_grant_is_named_where_it_counted_and_only_there(grant: Fact, limit: str) -> None:
    bare, relieved = told(limit=limit), told(grant, limit=limit)
    named = [each.record for each in relieved.opened.relief]
    assert named == ([grant.record] if relieved.due_on > bare.due_on else [])
