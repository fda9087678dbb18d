"""Records in a care period that a return has shortened, split, joined or undone: where they belong now."""

from dataclasses import replace
from datetime import date

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.imports.ssda903.held import Held
from services.reviews_api.imports.ssda903.periods import Periods
from services.reviews_api.imports.ssda903.writing import Move, Resident, Writing
from services.reviews_api.legal_statuses.models import LegalStatus
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.placements.models import Placement
from services.reviews_api.reviews.models import Review


def resettle(held: Held, periods: Periods, writing: Writing) -> None:
    """Put each record held into the period of its day, and let its facts stand there; where the child
    was not looked after on that day, the record stays and its facts do not stand."""
    ours = {period.id: period for period in held.periods if period.id in writing.governed}
    for record in [*held.reviews, *held.others]:
        period = ours.get(record.care_period_id) if record.care_period_id else None
        if period is None:
            continue
        home = _home(record, period, periods)
        if home is not None and home is not period:
            writing.moves.append(Move(record, period.id, home.id))
        facts = [] if home is None else [replace(fact, history_id=home.id) for fact in record.facts()]
        writing.govern(record.id, facts)


def _home(record: Resident, period: CarePeriod, periods: Periods) -> CarePeriod | None:
    day = _happened_on(record)
    stands = period not in periods.gone
    if day is None:  # nothing happened on a day of its own: it goes with the period
        return period if stands else periods.covering(period.started_on)
    if stands and period.covers(day):
        return period
    return periods.covering(day)


def _happened_on(record: Resident) -> date | None:
    """The London date that decides, for what must lie within a period."""
    match record:
        case Review():
            return record.held_on or record.began_on
        case MidpointCheck():
            return record.completed_on
        case Placement():
            return record.started_on
        case LegalStatus():
            return record.from_on
        case Allocation():
            return None
