"""What every figure is asked with: whose, of which period, when, and under which rules."""

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
class Asked:
    """`now` is UTC, `calendar` the council's own working days; `values` are those of every statement."""

    period: Period
    now: datetime
    catalogue: Catalogue
    calendar: Calendar
    values: Mapping[str, Any]

    @property
    def today(self) -> date:
        """The date in London."""
        return london_date(self.now)


async def _asking(session: Session, who: Caller, door: AtDoor, period: AskedPeriod) -> Asked:
    law, now = await law_in_force(session, who.authority, door.law), door.clock.now()
    values = {
        "authority": who.authority,
        "hidden": list(hidden_in(session)),
        "since": period.since,
        "until": period.until,
        "now": now,
    }
    return Asked(period, now, law.catalogue, law.calendar, values)


Asking = Annotated[Asked, Depends(_asking)]
