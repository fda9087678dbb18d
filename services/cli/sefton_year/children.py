"""The looked-after children of the year: made up, each with a stay, an age and an officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from services.cli.demo.names import made_up_name
from services.cli.sefton_year.officers import FULL_TIME, IROS, PART_TIME
from services.cli.sefton_year.rhythm import DAY
from services.cli.sefton_year.stays import Stay
from services.cli.sefton_year.year import FIRST_DAY, LAST_DAY
from shared.timescales.periods import corresponding_date

UNDER_ONE = 24  # in a hundred of those who came in the year
TEAMS = ("corporate-parenting", "corporate-parenting", "locality-north", "locality-south", "court")
OLDEST = 17 * 12 + 9  # months


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """One child and their stay. References are made of the number; `family` is one only of those with siblings."""

    number: int
    name: str
    born_on: date
    officer: str
    team: str
    stay: Stay
    family: str | None = None

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


def look_after(random: Random, stays: Sequence[Stay]) -> list[LookedAfter]:
    """Every stay with its child. Those who stay are dealt out evenly among the full-time officers, and what is left
    over is the part-time one's: by 77 children to a full-time officer, the report leaves hardly any."""
    births = iter(_births(random, [stay for stay in stays if stay.started_on >= FIRST_DAY]))
    lasting = [n for n, stay in enumerate(stays) if stay.ended_on is None]
    even = len(lasting) - len(lasting) % len(FULL_TIME)
    dealt = {n: FULL_TIME[nth % len(FULL_TIME)] if nth < even else PART_TIME for nth, n in enumerate(lasting)}
    return [
        LookedAfter(
            number=n + 1,
            name=made_up_name(random),
            born_on=next(births) if stay.started_on >= FIRST_DAY else _born(random, stay, youngest=0),
            team=random.choice(TEAMS),
            officer=dealt.get(n) or random.choice(IROS),
            stay=stay,
        )
        for n, stay in enumerate(stays)
    ]


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
