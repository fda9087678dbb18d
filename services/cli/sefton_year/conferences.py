"""The initial conferences of the year: families of children, some of them late, each with its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from services.cli.names import made_up_name
from services.cli.sefton_year.officers import CHAIRS
from services.cli.sefton_year.rhythm import DAY, Rhythm
from services.cli.sefton_year.year import FIRST_DAY, LAST_DAY
from shared.timescales.periods import corresponding_date

IN_TIME, LATE = (125, 256), (35, 68)  # meetings, and the children at them
UNBORN, UNBORN_WITHOUT_A_PLAN, WITHOUT_A_PLAN, AGAIN = 34, 2, 25, 60
REASONS = {  # the report names them, and counts only the technical difficulty
    "reports_not_ready": 8,
    "late_booking": 7,
    "covid_self_isolation": 6,
    "christmas_shutdown": 5,
    "advocacy_needed": 3,
    "information_from_elsewhere": 2,
    "change_of_worker": 3,
    "technical_difficulty": 1,
}
CATEGORIES = {"NEG": 45, "EMO": 35, "PHY": 12, "SAB": 5, "MUL": 3}  # in a hundred; the report gives none
LIMIT = 15  # working days from the strategy discussion


@dataclass(slots=True)
class Seat:
    """One child at a conference. `again`: on a plan before, elsewhere. No `category`, no plan."""

    number: int
    name: str
    unborn: bool = False
    again: bool = False
    category: str | None = None
    born_on: date = FIRST_DAY

    @property
    def child(self) -> str:
        """The reference of the child."""
        return f"P-{self.number:04}"


@dataclass(slots=True)
class Conference:
    """One meeting about the children of one family. All dates are London's."""

    number: int
    chair: str
    discussed_on: date
    held_on: date
    late_reason: str | None
    seats: list[Seat]

    @property
    def reference(self) -> str:
        """The reference of the conference."""
        return f"ICPC-{self.number:03}"


def draw_conferences(rhythm: Rhythm, scale: int = 1) -> list[Conference]:
    """All initial conferences; `scale` divides the numbers."""
    random = rhythm.random
    reasons = [reason for reason, n in REASONS.items() for _ in range(n)]
    random.shuffle(reasons)
    plans: list[tuple[int, str | None]] = []
    for (meetings, children), late in ((IN_TIME, False), (LATE, True)):
        for size in _families(random, meetings // scale, children // scale):
            plans.append((size, reasons.pop() if late else None))
    random.shuffle(plans)
    conferences, seated = [], 0
    for number, (size, reason) in enumerate(plans, start=1):
        seats = [Seat(seated + n, made_up_name(random)) for n in range(1, size + 1)]
        seated += size
        discussed_on, held_on = _days(rhythm, reason)
        chair = CHAIRS[number % len(CHAIRS)]
        conferences.append(Conference(number, chair, discussed_on, held_on, reason, seats))
    _decide(random, conferences, scale)
    return conferences


def _families(random: Random, meetings: int, children: int) -> list[int]:
    """So many meetings with so many children together, one to five at each."""
    sizes = [1] * meetings
    while sum(sizes) < children:
        nth = random.randrange(meetings)
        sizes[nth] += sizes[nth] < 5
    return sizes


def _days(rhythm: Rhythm, reason: str | None) -> tuple[date, date]:
    """The strategy discussion, and the conference that it led to."""
    if reason == "christmas_shutdown":
        held_on = rhythm.working_day(date(2021, 1, 4), date(2021, 1, 15))
    else:
        held_on = rhythm.working_day(FIRST_DAY, LAST_DAY - 2 * DAY)
    taken = rhythm.random.randint(LIMIT + 1, LIMIT + 8) if reason else rhythm.random.randint(8, LIMIT - 1)
    return rhythm.calendar.working_day(held_on, -taken), held_on


def _decide(random: Random, conferences: Sequence[Conference], scale: int) -> None:
    """Who is not yet born, who gets a plan, and who was on one before."""
    firsts = [(each, each.seats[0]) for each in conferences]
    unborn = random.sample(firsts, UNBORN // scale)
    for conference, seat in unborn:
        seat.unborn, seat.born_on = True, conference.held_on + random.randint(14, 120) * DAY
    born = [(each, seat) for each in conferences for seat in each.seats if not seat.unborn]
    for conference, seat in born:
        seat.born_on = conference.held_on - random.randint(30, 15 * 365) * DAY
    refused = random.sample(unborn, UNBORN_WITHOUT_A_PLAN // scale)
    refused += random.sample(born, (WITHOUT_A_PLAN - UNBORN_WITHOUT_A_PLAN) // scale)
    left = {seat.number for _, seat in refused}
    planned = [seat for each in conferences for seat in each.seats if seat.number not in left]
    for seat in planned:
        seat.category = random.choices([*CATEGORIES], [*CATEGORIES.values()])[0]
    older = [
        (each, seat)
        for each, seat in born
        if seat.category and seat.born_on < corresponding_date(each.held_on, -12)
    ]
    for _, seat in random.sample(older, AGAIN // scale):
        seat.again = True


def seats_of(conferences: Sequence[Conference]) -> Iterator[tuple[Conference, Seat]]:
    """Every child with their conference."""
    for each in conferences:
        for seat in each.seats:
            yield each, seat
