"""The officers whom the report counts, and their support: supervised monthly, observed twice a year."""

from collections.abc import Iterator
from datetime import date

from services.cli.sefton_year.deeds import Call
from services.cli.sefton_year.rhythm import Rhythm
from services.cli.sefton_year.year import FIRST_LOAD
from shared.auth.principal import Role
from shared.timescales.periods import corresponding_date

FULL_TIME = tuple(f"iro-{n}" for n in range(1, 9))
PART_TIME = "iro-9"
IROS = (*FULL_TIME, PART_TIME)
CHAIRS = ("chair-1", "chair-2")
MANAGER = "manager-1"
FIRST_SUPERVISION = (date(2020, 4, 16), date(2020, 4, 24))
FIRST_OBSERVATION = (date(2020, 6, 1), date(2020, 8, 28))


def tell_officers(rhythm: Rhythm) -> Iterator[Call]:
    """Who works for the reviewing service, and each supervision and observation of the year."""
    for name in (*IROS, *CHAIRS):
        yield Call(FIRST_LOAD, 0, f"/v1/workers/{name}", _worker(name))
    for name in (*IROS, *CHAIRS):
        yield from _supervisions(rhythm, name)
    for name in IROS:
        yield from _observations(rhythm, name)


def _worker(name: str) -> dict[str, object]:
    return {
        "role": "iro" if name in IROS else "cp_chair",
        "team": "safeguarding",
        "fte": 0.5 if name == PART_TIME else 1,
        "started_on": "2018-09-03",
    }


def _supervisions(rhythm: Rhythm, name: str) -> Iterator[Call]:
    on = rhythm.working_day(*FIRST_SUPERVISION)
    for nth in range(12):
        body = {"officer": name, "supervisor": MANAGER, "held_on": f"{on}", "kind": "one_to_one"}
        yield Call(on, 0, f"/v1/supervisions/SV-{name}-{nth}", body, role=Role.IRO_MANAGER)
        on = rhythm.on_or_before(corresponding_date(on, 1))


def _observations(rhythm: Rhythm, name: str) -> Iterator[Call]:
    first = rhythm.working_day(*FIRST_OBSERVATION)
    for nth, on in enumerate((first, rhythm.next_review(first))):
        body = {"officer": name, "observer": MANAGER, "made_on": f"{on}", "observed": "review"}
        yield Call(on, 0, f"/v1/observations/OB-{name}-{nth}", body, role=Role.IRO_MANAGER)
