"""What figures are asked with: whose, when, of which period, and under which rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends

from services.escalation_api.escalation_figures.period import AskedPeriod, Period
from shared.auth.restricted import hidden_in
from shared.deadlines.law import law_in_force
from shared.http.routes import AtDoor, Caller, Session
from shared.timescales.calendar import Calendar
from shared.timescales.catalogue import Catalogue
from shared.timescales.london import london_date


@dataclass(frozen=True, slots=True)
class AskedNow:
    """`now` is UTC, `calendar` the council's own working days; `values` are those of every statement."""

    now: datetime
    catalogue: Catalogue
    calendar: Calendar
    values: Mapping[str, Any]

    @property
    def today(self) -> date:
        """The date in London."""
        return london_date(self.now)


@dataclass(frozen=True, slots=True)
class Asked(AskedNow):
    """Of a period, whose ends are among the values."""

    period: Period


async def _asking_now(session: Session, who: Caller, door: AtDoor) -> AskedNow:
    law = await law_in_force(session, who.authority, door.law)
    values = {"authority": who.authority, "hidden": list(hidden_in(session))}
    return AskedNow(door.clock.now(), law.catalogue, law.calendar, values)


async def _asking(now: Annotated[AskedNow, Depends(_asking_now)], period: AskedPeriod) -> Asked:
    values = {**now.values, "since": period.since, "until": period.until}
    return Asked(now.now, now.catalogue, now.calendar, values, period)


AskingNow = Annotated[AskedNow, Depends(_asking_now)]
Asking = Annotated[Asked, Depends(_asking)]
