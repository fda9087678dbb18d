"""Random councils' ladders, each as the file that a council would write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

ROLES = (["social_worker", "team_manager"], ["team_manager"], ["senior_manager"])
MOST = 20  # working days that all formal stages may take together
WEEKS = date(2026, 11, 24), date(2026, 12, 21)
LADDER = """
[[ladder]]
code              = "{code}"
title             = "A ladder"
from              = {first_day}
chairs            = {chairs}
decide            = "{decide} working days"
follow_up         = "{follow_up} working days"
suggestions_lapse = "10 working days"
ends              = "the director"
basis             = "local"
source            = "Chance"
confirmed         = false
"""
STAGE = """
[[stage]]
ladder    = "{ladder}"
code      = "{code}"
title     = "{code}"
formal    = {formal}
responder = "Whoever answers"
roles     = {roles}
limit     = "{days} working days"
silence   = "{silence}"
copied    = []
"""


@dataclass(frozen=True)
class Rung:
    """A stage: `days` are working days."""

    code: str
    formal: bool
    roles: tuple[str, ...]
    days: int
    silence: str


@dataclass(frozen=True)
class Policy:
    """A ladder in force from `first_day` on; `decide` and `follow_up` in working days."""

    code: str
    first_day: date
    rungs: tuple[Rung, ...]
    chairs: bool
    decide: int
    follow_up: int

    @property
    def top(self) -> int:
        return len(self.rungs) - 1

    @property
    def first_formal(self) -> int:
        return next(place for place, rung in enumerate(self.rungs) if rung.formal)

    def clock(self, place: int) -> str:
        return f"alert-{self.code}-{self.rungs[place].code.replace('_', '-')}"

    def written(self) -> str:
        known = {"code": self.code, "first_day": self.first_day, "chairs": str(self.chairs).lower()}
        own = LADDER.format(**known, decide=self.decide, follow_up=self.follow_up)
        return own + "".join(_stage(self.code, rung) for rung in self.rungs)


def _stage(ladder: str, rung: Rung) -> str:
    roles = "[" + ", ".join(f'"{role}"' for role in rung.roles) + "]"
    return STAGE.format(
        ladder=ladder,
        code=rung.code,
        formal=str(rung.formal).lower(),
        roles=roles,
        days=rung.days,
        silence=rung.silence,
    )


@st.composite
def policies(draw: Any, code: str, first_day: date) -> Policy:
    """One to five stages, the first perhaps a quiet word; the formal ones take 20 working days at most."""
    informal, formal = draw(st.booleans()), draw(st.integers(1, 4))
    limits = [draw(st.integers(1, min(10, MOST // formal))) for _ in range(formal)]
    days = [draw(st.integers(1, 10)), *limits] if informal else limits
    rungs = tuple(
        Rung(
            code=f"stage_{number}",
            formal=not informal or number > 0,
            roles=tuple(draw(st.sampled_from(ROLES))),
            days=limit,
            silence=draw(st.sampled_from(("enable", "perform"))),
        )
        for number, limit in enumerate(days)
    )
    spans = draw(st.integers(1, 8)), draw(st.integers(1, 25))
    return Policy(code, first_day, rungs, draw(st.booleans()), *spans)


@st.composite
def councils(draw: Any) -> tuple[Policy, ...]:
    """A council's ladder, and perhaps the one that replaces it within a few weeks."""
    first, later = draw(policies("old", date(2020, 4, 1))), draw(st.none() | st.dates(*WEEKS))
    return (first,) if later is None else (first, draw(policies("new", later)))


def written(council: Sequence[Policy]) -> str:
    """The council's file."""
    return 'authority = "E08000014"\n' + "".join(policy.written() for policy in council)
