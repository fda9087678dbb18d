"""The steps of a story that a case system may tell, an operator, and time."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from services.reviews_api.facts.schemas import REPORTED
from shared.timescales.codes import CODES
from shared.timescales.kinds import HISTORIES, KINDS

PAST = st.integers(0, 40) | st.integers(0, 420)
ONE_OF_TWO = st.integers(1, 2)
PERIODS = st.sampled_from((1, 1, 1, 2))
MAYBE = st.none() | PAST
OTHERS = [
    name
    for name, history in HISTORIES.items()
    if name != "care_period" and history.of_child and any(name in KINDS[kind].histories for kind in REPORTED)
]
WEIGHTED = [
    "visit.made",
    "adoption.placed",
]

CHILD = st.tuples(st.just("child"), st.none() | st.integers(-60, 6000))
PERIOD = st.tuples(
    st.just("period"), PERIODS, PAST, MAYBE, st.none() | st.none() | st.integers(0, 60)
)  # fmt: skip
YES_OR_NO = st.sampled_from(("yes", "no"))
PLACED = st.fixed_dictionaries(
    {"placement_type": st.sampled_from(CODES["placement_type"])},
    optional=dict.fromkeys(
        ("intended_to_18", "long_term_foster", "fewer_visits_agreed", "emergency"), YES_OR_NO
    ),
)
RECORDS = st.one_of(
    st.tuples(st.just("place"), ONE_OF_TWO, PERIODS, PAST, st.none() | st.integers(0, 60), MAYBE, PLACED),
    st.tuples(st.just("status"), ONE_OF_TWO, PERIODS, PAST, st.sampled_from(CODES["legal_status"])),
    st.tuples(st.just("review"), ONE_OF_TWO, PERIODS, st.none() | st.integers(-60, 300), MAYBE),
    st.tuples(st.just("review"), ONE_OF_TWO, PERIODS, st.integers(-60, 300), st.none()),
    st.tuples(st.just("hold"), ONE_OF_TWO, PAST),
    st.tuples(st.just("meet"), ONE_OF_TWO, PAST),
    st.tuples(st.just("adjourn"), ONE_OF_TWO, PAST),
    st.tuples(st.just("complete"), ONE_OF_TWO, PAST),
    st.tuples(st.just("follow_up"), ONE_OF_TWO, st.integers(0, 30)),
    st.tuples(st.just("cancel"), ONE_OF_TWO),
    st.tuples(st.just("allocation"), ONE_OF_TWO, PERIODS, PAST),
    st.tuples(st.just("check"), ONE_OF_TWO, PERIODS, PAST),
)
PROTECTION = st.one_of(
    st.tuples(st.just("plan"), ONE_OF_TWO, PAST, MAYBE),
    st.tuples(
        st.just("conference"),
        ONE_OF_TWO,
        st.sampled_from(CODES["conference_type"]),
        st.integers(-60, 300),
        MAYBE,
    ),
    st.tuples(st.just("strategy"), ONE_OF_TWO, PAST, st.sampled_from(CODES["section47"])),
    st.tuples(st.just("core_group"), ONE_OF_TWO, PAST),
)
GRANTS = st.one_of(
    st.tuples(
        st.just("grant"),
        ONE_OF_TWO,
        st.integers(0, 20),
        st.sampled_from(["pause", "extension", "waiver"]),
        st.integers(-20, 3),
        st.integers(1, 30),
    ),
    st.tuples(st.just("take_away"), ONE_OF_TWO),
)
TIME = st.one_of(st.tuples(st.just("wait"), st.integers(1, 2000)), st.tuples(st.just("sweep")))
CALENDAR = st.one_of(
    st.tuples(
        st.just("proclaim"),
        st.integers(-30, 120),
        st.none() | st.sampled_from(["2026-12-25", "2027-01-01", "2027-05-31"]),
    ),
    st.tuples(st.just("take_back"), st.integers(0, 2)),
)


@cache
def facts_of(home: str, kind: str) -> st.SearchStrategy[Any]:
    """A fact of this kind is told, of a history with this reference."""
    day = st.integers(-60, 300) if KINDS[kind].planned else PAST
    codes = {code: st.sampled_from(CODES[code]) for code in KINDS[kind].codes}
    said = st.fixed_dictionaries({}, optional=codes)
    return st.tuples(st.just("fact"), st.just(home), st.just(kind), ONE_OF_TWO, day, said)


@st.composite
def stories(draw: Any, length: int) -> list[tuple[Any, ...]]:
    """A child in care and perhaps on a plan, missing, in court; a few kinds of fact; and up to so many steps."""
    others = draw(st.lists(st.sampled_from(["protection", *OTHERS]), max_size=2, unique=True))
    homes = [("CP-1", "care_period"), ("CP-1", "care_period"), *((kind, kind) for kind in others)]
    cast = [_part(draw, *draw(st.sampled_from(homes))) for _ in range(draw(st.integers(1, 6)))]
    told = st.sampled_from(cast).flatmap(lambda part: facts_of(*part))
    undone = st.sampled_from(cast).flatmap(
        lambda part: st.tuples(st.just("withdraw"), st.just(part[0]), st.just(part[1]), ONE_OF_TWO)
    )
    records = [RECORDS, RECORDS, *([PROTECTION, PROTECTION] if "protection" in others else [])]
    steps = st.one_of(told, told, told, undone, *records, CHILD, PERIOD, GRANTS, TIME, TIME, CALENDAR)
    opening = [
        ("child", draw(st.none() | st.integers(-60, 6000))),
        ("period", 1, draw(PAST), draw(MAYBE), None),
    ]
    opening += [("history", kind) for kind in others]
    return [*opening, *draw(st.lists(steps, min_size=length // 2, max_size=length))]


def _part(draw: Any, home: str, kind: str) -> tuple[str, str]:
    kinds = [each for each in REPORTED if kind in KINDS[each].histories]
    often = [each for each in WEIGHTED if each in kinds]
    return home, draw(st.sampled_from([*often, *kinds]))
