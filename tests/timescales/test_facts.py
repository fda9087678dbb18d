"""Facts that make sense, and any history of them: what holds whatever happened."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.timescales.calendar import england
from shared.timescales.catalogue import load_catalogue
from shared.timescales.engine import Outcome, deadlines
from shared.timescales.facts import Fact
from shared.timescales.kind import Precision
from shared.timescales.kinds import KINDS
from shared.timescales.london import LONDON

from .builders import CARE

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """Any fact of two years, with few records, so that days and records often coincide."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    record = UUID(int=draw(st.integers(1, 4)))
    if KINDS[kind].precision is Precision.DAY:
        return Fact(kind, record, date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 700))))
    at = draw(MOMENTS)
    return Fact(kind, record, at.astimezone(LONDON).date(), at)


@given(
    st.lists(facts(), max_size=12).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found)))
)
def test_the_order_in_which_facts_arrive_does_not_matter(orders: tuple[list[Fact], list[Fact]]) -> None:
    one, other = (deadlines(order, load_catalogue(), england()) for order in orders)
    assert one == other


@given(st.lists(facts(), max_size=12))
def test_a_closed_deadline_says_when_and_by_what_and_an_open_one_does_not(history: list[Fact]) -> None:
    for deadline in deadlines(history, load_catalogue(), england()):
        closed = deadline.outcome is not Outcome.OPEN
        assert (deadline.closed_on is not None) is (deadline.closed_by is not None) is closed
        assert list(deadline.warnings) == sorted(deadline.warnings)
        assert all(warning < deadline.due_at for warning in deadline.warnings)


@given(st.lists(facts(), max_size=12))
def test_in_time_means_on_or_before_the_due_day(history: list[Fact]) -> None:
    for deadline in deadlines(history, load_catalogue(), england()):
        if deadline.outcome in (Outcome.MET, Outcome.ENDED):
            assert deadline.closed_on is not None and deadline.closed_on <= deadline.due_on
        elif deadline.outcome in (Outcome.MET_LATE, Outcome.ENDED_UNMET):
            assert deadline.closed_on is not None and deadline.closed_on >= deadline.due_on


@pytest.mark.parametrize(
    ("kind", "on", "at"),
    [
        ("review.imagined", date(2025, 1, 1), None),
        ("review.held", date(1899, 12, 31), None),
        ("review.held", date(2025, 1, 1), datetime(2025, 1, 1, tzinfo=UTC)),
        ("iro.allocated", date(2025, 1, 1), None),
        ("iro.allocated", date(2025, 1, 1), datetime(2025, 1, 1)),
        ("iro.allocated", date(2025, 6, 30), datetime(2025, 6, 30, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_fact_that_contradicts_itself_cannot_be_made(kind: str, on: date, at: datetime | None) -> None:
    with pytest.raises(ValueError):
        Fact(kind, CARE, on, at)
