"""What officers worry about, and whom: a child or siblings in care, or on a protection plan, on a day of the year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.cli.sefton_year.children import LookedAfter
from services.cli.sefton_year.conferences import Conference
from services.cli.sefton_year.rhythm import DAY, Rhythm
from services.cli.sefton_year.wording import OF_PROTECTION, OF_THE_OLDEST, THEMES
from services.cli.sefton_year.year import FIRST_DAY, LAST_DAY
from shared.auth.principal import Role
from shared.timescales.periods import corresponding_date

ABOUT_ALL, AFTER_A_REVIEW = 60, 50  # in a hundred: of those with siblings, and of all
KNOWN_AFTER = 5  # days in care, until the officer has been allocated and has read
LEAST = 7  # days in which there is a working day, also at Christmas
OLDEST = 16 * 12 - 3  # months of age, from which a pathway plan is made
AFTER_A_CONFERENCE = (5, 25)  # working days; the first review conference, at which plans end, is later


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom a concern is about, and who raises it on which London date. `left_on` is the one on which the child left
    care, if that was within the year; `source` the record that it arises from, as the API asks for it."""

    officer: str
    role: Role
    children: tuple[str, ...]
    team: str
    theme: str
    worry: str
    raised_on: date
    source: Mapping[str, str] | None = None
    left_on: date | None = None

    @property
    def whom(self) -> dict[str, Any]:
        """Whom, as the API asks for it."""
        one = len(self.children) == 1
        named = {"child": self.children[0]} if one else {"children": [*self.children]}
        return named | ({"arises_from": dict(self.source)} if self.source else {})


def about_care(rhythm: Rhythm, children: Sequence[LookedAfter], room: int = 0) -> Concern:
    """One about any of these children, or some siblings; at least so many working days before they leave, or the year
    ends."""
    while True:
        child = rhythm.random.choice(children)
        first, last = span(child)
        last = rhythm.calendar.working_day(last, -room) if room else last
        if (last - first).days >= LEAST:
            break
    siblings = [each for each in children if each.family == child.family] if child.family else []
    several = siblings and rhythm.random.randrange(100) < ABOUT_ALL
    on, source = _occasion(rhythm, child, first, last)
    old = all(on >= corresponding_date(each.born_on, OLDEST) for each in (siblings if several else [child]))
    theme = rhythm.random.choice([name for name in THEMES if old or name != OF_THE_OLDEST])
    return Concern(
        officer=child.officer,
        role=Role.IRO,
        children=tuple(each.child for each in siblings) if several else (child.child,),
        team=child.team,
        theme=theme,
        worry=THEMES[theme],
        raised_on=on,
        source=source,
        left_on=child.stay.ended_on,
    )


def span(child: LookedAfter) -> tuple[date, date]:
    """The London dates of the year on which somebody knew the child who was in care."""
    last = LAST_DAY if child.stay.ended_on is None else child.stay.ended_on - DAY
    return max(FIRST_DAY, child.stay.started_on + KNOWN_AFTER * DAY), last


def _occasion(
    rhythm: Rhythm, child: LookedAfter, first: date, last: date
) -> tuple[date, Mapping[str, str] | None]:
    """The day, often shortly after one of the child's reviews, and that review."""
    if rhythm.random.randrange(100) < AFTER_A_REVIEW:
        nth = rhythm.random.randint(1, len(child.stay.held)) if child.stay.held else 0
        on = (
            rhythm.calendar.working_day(child.stay.held[nth - 1], rhythm.random.randint(1, 6))
            if nth
            else None
        )
        if on and first <= on <= last:
            return on, {"kind": "review", "record": f"R-{child.number:04}-{nth:02}"}
    return rhythm.working_day(first, last), None


def about_protection(rhythm: Rhythm, conferences: Sequence[Conference]) -> Concern:
    """A chair's, about one child or all who got a plan at one of these conferences, some weeks after it."""
    while True:
        each = rhythm.random.choice(conferences)
        planned = [seat.child for seat in each.seats if seat.category]
        on = rhythm.calendar.working_day(each.held_on, rhythm.random.randint(*AFTER_A_CONFERENCE))
        if planned and on <= LAST_DAY:
            break
    theme = rhythm.random.choice([*OF_PROTECTION])
    several = rhythm.random.randrange(100) < ABOUT_ALL
    return Concern(
        officer=each.chair,
        role=Role.CP_CHAIR,
        children=tuple(planned if several else planned[:1]),
        team="protection",
        theme=theme,
        worry=OF_PROTECTION[theme],
        raised_on=on,
        source={"kind": "conference", "record": each.reference},
    )
