"""What holds of any history whatever: of a child in care, of a plan, of a referral, of an officer."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.timescales.calendar import Calendar, ProclaimedDay, england
from shared.timescales.catalogue import load_catalogue
from shared.timescales.engine import Deadline, Outcome, deadlines
from shared.timescales.facts import EARLIEST, LATEST, Fact
from shared.timescales.kind import Precision
from shared.timescales.kinds import HISTORIES, KINDS
from shared.timescales.london import london_date
from shared.timescales.relief import EXEMPTION, PAUSE
from shared.timescales.timescale import Relief
from tests.vocabulary import SAYABLE

ROWS = load_catalogue().timescales
RELIEVED = [row for row in ROWS if row.relief != Relief()]
CODES_OF = {name: [row.code for row in ROWS if row.belongs_to([name])] for name in HISTORIES}
TOLD = ProclaimedDay(
    date(2025, 5, 12), "A day off", date(2025, 5, 1), "Proclamation", known_from=date(2025, 5, 2)
)
CALENDARS = (england(), england().with_days([TOLD]))
of_each_kind = pytest.mark.parametrize("history", HISTORIES)
few = settings(max_examples=20)

Days = st.SearchStrategy[date]
two_years = st.integers(0, 730).map(lambda n: date(2024, 1, 1) + timedelta(days=n))
whenever = st.dates(EARLIEST, LATEST)


def record(draw: st.DrawFn, kind: str) -> UUID:
    """One of few records that facts of this kind may belong to, as the facts of one review share one."""
    about = KINDS[kind].about or kind.replace("review.held", "review").replace("review.completed", "review")
    return uuid5(UUID(int=0), f"{about} {draw(st.integers(1, 4))}")


def codes(draw: st.DrawFn, kind: str, days: Days) -> dict[str, str]:
    """Codes that a fact of the kind may carry; for a grant, of which clock and which days."""
    if kind in (EXEMPTION, PAUSE):
        row = draw(st.sampled_from(RELIEVED))
        anchor = record(draw, draw(st.sampled_from(row.starts)).fact)
        first, until = (draw(days).isoformat() for _ in range(2))
        days_told = {"from": first, "until": until} if kind == PAUSE else {"until": until}
        return {"timescale": row.code, "anchor": str(anchor)} | days_told
    return {code: draw(st.sampled_from(SAYABLE[code])) for code in KINDS[kind].codes if draw(st.booleans())}


@st.composite
def facts(draw: st.DrawFn, history: str, days: Days) -> Fact:
    """A fact of one kind of history, to the instant where it may be."""
    told = [name for name, kind in KINDS.items() if history in kind.histories and not kind.derived]
    kind, on = draw(st.sampled_from(told)), draw(days)
    at = datetime(on.year, on.month, on.day, draw(st.integers(0, 22)), tzinfo=UTC)
    timed = KINDS[kind].precision is Precision.INSTANT or (
        KINDS[kind].precision is Precision.EITHER and draw(st.booleans())
    )
    of_kind, within = record(draw, kind), codes(draw, kind, days)
    return Fact(kind, of_kind, london_date(at) if timed else on, at if timed else None, within)


def histories(history: str, days: Days = two_years) -> st.SearchStrategy[list[Fact]]:
    """Facts of which each record has one of a kind, as a history holds them."""
    return st.lists(facts(history, days), max_size=25, unique_by=lambda fact: (fact.kind, fact.record))


def found(history: Sequence[Fact], calendar: Calendar | None = None, **only: object) -> list[Deadline]:
    return deadlines(history, load_catalogue(), calendar or england(), **only)


@of_each_kind
@few
@given(data=st.data())
def test_facts_in_any_order_give_the_same_deadlines_with_the_same_reasons(
    history: str, data: st.DataObject
) -> None:
    told = data.draw(histories(history))
    calendar = data.draw(st.sampled_from(CALENDARS))
    one, other = found(told, calendar), found(data.draw(st.permutations(told)), calendar)
    assert one == other == found(told, calendar)
    assert [(each.explanation, each.warnings, each.law) for each in one] == [
        (each.explanation, each.warnings, each.law) for each in other
    ]


@of_each_kind
@few
@given(data=st.data())
def test_asking_for_some_timescales_gives_what_they_are_among_all(history: str, data: st.DataObject) -> None:
    told = data.draw(histories(history))
    wanted = data.draw(st.sets(st.sampled_from(CODES_OF[history]), max_size=6))
    some = found(told, only=wanted)
    assert some == [each for each in found(told) if each.timescale in wanted]


@of_each_kind
@few
@given(data=st.data())
def test_a_record_starts_one_clock_of_a_timescale_at_most(history: str, data: st.DataObject) -> None:
    all_of_them = found(data.draw(histories(history)))
    assert len({(each.timescale, each.anchor) for each in all_of_them}) == len(all_of_them)
    starts = [each.opened.start.order for each in all_of_them]
    assert starts == sorted(starts)


@of_each_kind
@few
@given(data=st.data())
def test_what_closed_says_so_and_keeps_to_its_due_day(history: str, data: st.DataObject) -> None:
    for each in found(data.draw(histories(history)), data.draw(st.sampled_from(CALENDARS))):
        closed = each.outcome is not Outcome.OPEN
        assert (each.closed_on is not None) is (each.closed_by is not None) is closed
        if each.closed_on is None:
            continue
        if each.outcome in (Outcome.MET, Outcome.ENDED, Outcome.WAIVED):
            assert each.closed_on <= each.due_on
        elif each.outcome is Outcome.PASSED:
            assert each.closed_on == each.due_on
        else:
            assert each.closed_on >= each.due_on


@of_each_kind
@few
@given(data=st.data())
def test_nothing_that_can_be_told_from_1900_to_2200_breaks_the_engine(
    history: str, data: st.DataObject
) -> None:
    for each in found(data.draw(histories(history, whenever)), data.draw(st.sampled_from(CALENDARS))):
        assert each.explanation and all(line.endswith(".") for line in each.explanation)
        assert list(each.warnings) == sorted(each.warnings)
        assert each.due_at.tzinfo is UTC and each.due_on <= london_date(each.due_at)


@of_each_kind
@settings(max_examples=40)
@given(data=st.data())
def test_what_happens_later_never_changes_what_had_closed(history: str, data: st.DataObject) -> None:
    opens = HISTORIES[history].opens
    told = [
        fact
        for fact in data.draw(histories(history))
        if not KINDS[fact.kind].planned and fact.kind not in ("review.began", opens)  # these reach back
    ]
    if opens is not None:
        told.append(Fact(opens, UUID(int=9), date(2024, 1, 1)))
    until = data.draw(two_years)
    before, after = (
        {(each.timescale, each.anchor): each for each in found(facts, only=CODES_OF[history])}
        for facts in ([fact for fact in told if fact.on <= until], told)
    )
    for key, deadline in before.items():
        if deadline.closed_on is not None and deadline.closed_on < until:
            assert after[key] == deadline
            assert after[key].explanation == deadline.explanation
