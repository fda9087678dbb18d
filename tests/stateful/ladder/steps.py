"""The steps of a story: mostly what fits where an alert stands, now and then whatever anybody may try; and time."""

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from shared.auth.principal import Role
from tests.stateful.ladder.model import Told
from tests.stateful.ladder.rules import CLOSING, DECISIONS
from tests.stateful.ladder.teller import Teller

Step = tuple[Any, ...]
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
WILD = st.one_of(BEGIN, CLIMBING, ANSWERS, DECIDE, FOLLOW)
WHAT = st.sampled_from(("fitting", "fitting", "fitting", "fitting", "time", "time", "wild"))
RAISED = st.tuples(
    st.just("begin"),
    st.tuples(st.just(Role.IRO), st.sampled_from(PEOPLE)),
    ALERT,
    st.none(),
    PLACE,
    st.none() | st.integers(0, 20),
)
OFTEN = (None, None, None, 1)


def story(teller: Teller, data: Any, length: int) -> Iterator[Step]:
    """So many steps, each drawn as things stand then."""
    yield data.draw(RAISED)
    for _ in range(data.draw(st.integers(length // 2, length))):
        yield data.draw(_next(teller, data.draw(WHAT)))


def _next(teller: Teller, what: str) -> st.SearchStrategy[Step]:
    if what == "time":
        return TIME
    found = [step for nth, alert in enumerate(teller.alerts) for step in _fitting(nth, alert.told)]
    if what == "wild" or not found:
        return WILD
    return st.sampled_from(found).flatmap(lambda step: step)


def _fitting(nth: int, told: Told) -> Iterator[st.SearchStrategy[Step]]:
    """What somebody who may would do with this alert now."""
    officer, alert = OFFICER.filter(lambda who: who[1] not in told.answered_by), st.just(nth)
    if told.state == "open":
        responder = st.tuples(st.sampled_from([Role(role) for role in told.rung.roles]), st.just("bob"))
        if told.answer == "draft":
            yield st.tuples(st.just("send"), alert, responder)
            yield st.tuples(st.just("discard"), alert, responder)
        else:
            offered = st.lists(DAYS, min_size=1, max_size=2)
            yield from [st.tuples(st.just("draft"), alert, responder, offered, st.booleans())] * 3
    if told.state == "answered":
        for how in (*DECISIONS, "reject"):
            yield st.tuples(st.just("decide"), alert, officer, st.just(how))
    if told.outstanding:
        step = st.sampled_from(("keep", "keep", "move", "drop"))
        yield from [st.tuples(st.just("follow"), alert, officer, st.integers(0, 3), step, DAYS)] * 2
    if "advance" in told.possible:
        yield from [st.tuples(st.just("advance"), alert, officer, st.sampled_from(OFTEN))] * 2
    if verbs := sorted(told.possible & {*CLOSING, "reopen"}):
        yield st.tuples(st.just("take"), alert, officer, st.sampled_from(verbs))
    if "ask_again" in told.possible:
        yield st.tuples(st.just("take"), alert, officer, st.just("ask_again"))
