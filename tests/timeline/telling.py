"""The steps that a story may take: whatever may happen in a kind of history, told, amended and taken back; time, the
calendar and the law."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from shared.timescales.kinds import HISTORIES, KINDS
from tests.vocabulary import SAYABLE

Step = tuple[Any, ...]
"""A verb of a story, and its arguments."""

DAYS = st.integers(0, 500)
NUMBERS = st.integers(1, 3)
GRANTS = ("exemption.granted", "pause.granted")
OPENING = {
    "care_period": "care_period.started",
    "protection": "plan.started",
    "child_in_need": "referral.received",
    "missing_episode": "child.returned",
    "court": "pre_proceedings.started",
    "private_fostering": "private_fostering.notified",
    "leaving_care": "pathway_plan.completed",
    "officer": "officer.started",
    "escalation": "escalation.went_formal",
}
OFTEN = {
    "care_period": [
        "review.held",
        "review.held",
        "review.began",
        "visit.made",
        "placement.started",
        "adoption.placed",
    ],
    "protection": [
        "strategy_discussion.held",
        "conference.held",
        "plan.ended",
        "visit.made",
        "conference.scheduled",
    ],
}
HISTORY = st.sampled_from(["care_period"] * 4 + ["protection"] * 4 + list(HISTORIES)[2:])

WAITING = st.tuples(st.just("wait"), st.integers(0, 200))
GRANTING = st.one_of(
    st.tuples(
        st.just("grant"),
        st.integers(0, 30),
        NUMBERS,
        DAYS,
        st.none() | st.integers(-20, 5),
        st.none() | st.integers(0, 40),
    ),
    st.tuples(st.just("withdraw"), st.sampled_from(GRANTS), NUMBERS),
)
BANK_HOLIDAYS_2025 = (102, 119, 140, 231, 353)
CALENDAR = st.one_of(
    st.tuples(st.just("proclaim"), DAYS, st.none() | st.sampled_from(BANK_HOLIDAYS_2025)),
    st.tuples(st.just("take_back"), st.integers(0, 3)),
)
LAW = st.tuples(st.just("legislate"), st.integers(0, 4), st.booleans())


def beginning(history: str) -> Step:
    """What every story of such a history begins with."""
    return "tell", OPENING[history], 1, 20, {}


def kinds_of(history: str) -> list[str]:
    """The kinds of fact that may be told of a history."""
    return [
        name
        for name, kind in KINDS.items()
        if history in kind.histories and not kind.derived and name not in GRANTS
    ]


@st.composite
def casts(draw: Any) -> tuple[str, tuple[str, ...]]:
    """A kind of history, and the few kinds of fact that its story is made of."""
    history = draw(HISTORY)
    some = st.sampled_from([*OFTEN.get(history, ()), *kinds_of(history)])
    return history, (OPENING[history], *draw(st.lists(some, min_size=1, max_size=6)))


def telling(kinds: tuple[str, ...], most: int = 4) -> st.SearchStrategy[Any]:
    """Some facts told at once, each a kind, the number of its record, its day and its codes."""
    return st.lists(st.sampled_from(kinds).flatmap(_fact), min_size=1, max_size=most)


@cache
def _fact(kind: str) -> st.SearchStrategy[Any]:
    codes = {code: st.sampled_from(SAYABLE[code]) for code in KINDS[kind].codes}
    return st.tuples(st.just(kind), NUMBERS, DAYS, st.fixed_dictionaries({}, optional=codes))


@st.composite
def tales(draw: Any, *more: st.SearchStrategy[Any]) -> tuple[str, list[Step]]:
    """A kind of history and the steps of a story of it, those of `more` among them."""
    history, kinds = draw(casts())
    told = st.tuples(st.just("tell_all"), telling(kinds))
    undone = st.tuples(st.just("withdraw"), st.sampled_from(kinds), NUMBERS)
    steps = st.one_of(told, told, told, undone, WAITING, GRANTING, *more)
    return history, [beginning(history), *draw(st.lists(steps, min_size=6, max_size=12))]
