"""The steps of a story: whoever they may be try whatever they like, and time passes."""

from typing import Any

from hypothesis import strategies as st

from shared.auth.principal import Role
from tests.stateful.ladder.rules import CLOSING, DECISIONS

PEOPLE = ("ann", "bob", "cat")
ANY = st.tuples(st.sampled_from(list(Role)), st.sampled_from(PEOPLE))
OFFICER = st.tuples(
    st.sampled_from((Role.IRO, Role.IRO, Role.IRO_MANAGER, Role.CP_CHAIR)), st.sampled_from(PEOPLE)
)
RESPONDER = st.tuples(
    st.sampled_from((Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.SENIOR_MANAGER, Role.SOCIAL_WORKER)),
    st.sampled_from(PEOPLE),
)
ALERT = st.integers(0, 2)
PLACE = st.none() | st.integers(0, 4)
DAYS = st.integers(0, 9)


def by(likely: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly by somebody who may, now and then by anybody."""
    return st.one_of(likely, likely, likely, likely, ANY)


BEGIN = st.tuples(
    st.just("begin"),
    by(OFFICER),
    ALERT,
    st.sampled_from((None, None, True, False)),
    PLACE,
    st.none() | st.integers(0, 20),
)
CLIMBING = st.one_of(
    st.tuples(st.just("advance"), ALERT, by(OFFICER), st.sampled_from((None, None, None, 1, 2, 0, -1))),
    st.tuples(
        st.just("take"), ALERT, by(OFFICER), st.sampled_from((*CLOSING, "reopen", "reopen", "ask_again"))
    ),
)
ANSWERS = st.one_of(
    st.tuples(st.just("draft"), ALERT, by(RESPONDER), st.lists(DAYS, max_size=2), st.booleans()),
    st.tuples(st.just("send"), ALERT, by(RESPONDER)),
    st.tuples(st.just("discard"), ALERT, by(RESPONDER)),
)
DECIDE = st.tuples(st.just("decide"), ALERT, by(OFFICER), st.sampled_from(tuple(DECISIONS)))
FOLLOW = st.tuples(
    st.just("follow"), ALERT, by(OFFICER), st.integers(0, 3), st.sampled_from(("keep", "move", "drop")), DAYS
)
TIME = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 60) | st.integers(1, 400)),
    st.tuples(st.just("hear")),
    st.tuples(st.just("hear")),
    st.tuples(st.just("hear_again")),
)
STEPS = st.one_of(
    BEGIN, CLIMBING, CLIMBING, ANSWERS, ANSWERS, ANSWERS, DECIDE, DECIDE, DECIDE, FOLLOW, TIME, TIME
)


def stories(length: int) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Up to so many steps, the first of which raises something."""
    rest = st.lists(STEPS, min_size=length // 2, max_size=length)
    return st.tuples(BEGIN, rest).map(lambda both: [both[0], *both[1]])
