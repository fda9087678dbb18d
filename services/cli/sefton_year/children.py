"""The looked-after children of the year: made up, each with a stay, an age and an officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from services.cli.demo.names import made_up_name
from services.cli.sefton_year.rhythm import DAY
from services.cli.sefton_year.stays import Stay
from services.cli.sefton_year.year import FIRST_DAY, LAST_DAY
from shared.timescales.periods import corresponding_date

UNDER_ONE = 24  # in a hundred of those who came in the year
OLDEST = 17 * 12 + 9  # months


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """One child and their stay. References are made of the number."""

    number: int
    name: str
    born_on: date
    officer: str
    stay: Stay

    @property
    def child(self) -> str:
        """The reference of the child."""
        return f"C-{self.number:04}"

    @property
    def care_period(self) -> str:
        """The reference of the stay."""
        return f"CP-{self.number:04}"

    @property
    def stays(self) -> bool:
        """Whether the year ended with the child in care."""
        return self.stay.ended_on is None

    def under_four(self, on: date) -> bool:
        """Whether the child is too young on this London date to be asked for a part in a review."""
        return on < corresponding_date(self.born_on, 48)


def look_after(random: Random, stays: Sequence[Stay], officers: Sequence[str]) -> list[LookedAfter]:
    """Every stay with its child. `officers` are the full-time ones, among whom those who stay are dealt out evenly."""
    births = iter(_births(random, [stay for stay in stays if stay.started_on >= FIRST_DAY]))
    dealt = 0
    children = []
    for number, stay in enumerate(stays, start=1):
        came = stay.started_on >= FIRST_DAY
        born_on = next(births) if came else _born(random, stay, youngest=0)
        officer = officers[dealt % len(officers)] if stay.ended_on is None else random.choice(officers)
        dealt += stay.ended_on is None
        children.append(LookedAfter(number, made_up_name(random), born_on, officer, stay))
    return children


def _births(random: Random, came: Sequence[Stay]) -> list[date]:
    babies = set(random.sample(range(len(came)), round(len(came) * UNDER_ONE / 100)))
    return [
        stay.started_on - random.randint(0, 360) * DAY if n in babies else _born(random, stay, youngest=12)
        for n, stay in enumerate(came)
    ]


def _born(random: Random, stay: Stay, youngest: int) -> date:
    """A birth so that the child is at least so many months old when they come, and no adult by the year's end."""
    latest = corresponding_date(stay.started_on, -youngest)
    earliest = max(corresponding_date(LAST_DAY, -OLDEST), corresponding_date(stay.started_on, -16 * 12))
    return earliest + random.randint(0, (latest - earliest).days) * DAY
