"""The steps that a story may take: for each kind of history whatever may happen in it, told, amended, taken back."""

from functools import cache

from hypothesis import strategies as st

from shared.timescales.kinds import CODES, HISTORIES, KINDS

DAYS = st.integers(0, 500)
NUMBERS = st.integers(1, 3)
GRANTS = ("exemption.granted", "pause.granted")
OFTEN = {
    "care_period": ("review.held", "review.held", "review.began", "visit.made", "placement.started", "adoption.placed"),
    "protection": ("strategy_discussion.held", "conference.held", "conference.held", "plan.started", "plan.started",
                   "plan.ended", "visit.made", "conference.scheduled"),
}  # fmt: skip
OPENING = {
    "care_period": "care_period.started",
    "protection": "plan.started",
    "child_in_need": "referral.received",
    "missing_episode": "child.returned",
    "court": "pre_proceedings.started",
    "private_fostering": "private_fostering.notified",
    "leaving_care": "pathway_plan.completed",
    "officer": "officer.started",
}
HISTORY = st.sampled_from(["care_period"] * 4 + ["protection"] * 4 + list(HISTORIES)[2:])


def kinds_of(history: str) -> list[str]:
    """The kinds of fact that may be told of a history."""
    return [
        name
        for name, kind in KINDS.items()
        if history in kind.histories and not kind.derived and name not in GRANTS
    ]



@st.composite
def tales(draw, more=()):
    """A kind of history, and the steps of a story of it: a few kinds of fact, told and amended and taken back."""
    history = draw(HISTORY)
    often = OFTEN.get(history, ())
    cast = draw(st.lists(st.sampled_from([*often, *kinds_of(history)]), min_size=1, max_size=6))
    facts = st.sampled_from([*cast, OPENING[history]]).flatmap(_fact)
    told = st.tuples(st.just("tell_all"), st.lists(facts, min_size=1, max_size=4))
    undone = st.tuples(st.just("withdraw"), st.sampled_from([*cast, OPENING[history]]), NUMBERS)
    steps = st.one_of(told, told, told, undone, WAITING, GRANTING, st.tuples(st.just("withdraw"), st.sampled_from(GRANTS), NUMBERS), *more)
    return history, [("tell", OPENING[history], 1, 20), *draw(st.lists(steps, min_size=6, max_size=12))]


@cache
def _fact(kind: str) -> st.SearchStrategy:
    codes = {code: st.sampled_from(CODES[code]) for code in KINDS[kind].codes}
    return st.tuples(st.just(kind), NUMBERS, DAYS, st.fixed_dictionaries({}, optional=codes))


WAITING = st.tuples(st.just("wait"), st.integers(0, 200))
GRANTING = st.tuples(
    st.just("grant"),
    st.integers(0, 30),
    NUMBERS,
    DAYS,
    st.none() | st.integers(-20, 5),
    st.none() | st.integers(0, 40),
)
CALENDAR = st.one_of(
    st.tuples(st.just("proclaim"), DAYS),
    st.tuples(st.just("proclaim"), DAYS, st.sampled_from((102, 119, 140, 231, 353))),
    st.tuples(st.just("take_back"), st.integers(0, 3)),
)
LAW = st.tuples(st.just("legislate"), st.integers(0, 4), st.booleans())
