"""What is shown of the meetings to come."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import Query
from pydantic import Field

from shared.http.fields import View

MOST_MONTHS = 12


class ForecastRole(StrEnum):
    """Whose meetings: reviewing officers' reviews, or conference chairs' conferences."""

    IRO = "iro"
    CP_CHAIR = "cp_chair"


Months = Annotated[int, Query(ge=1, le=MOST_MONTHS, description="How many months, the present one included.")]
OfRole = Annotated[ForecastRole, Query(description="Whose meetings.")]


class MonthDue(View):
    """How many meetings fall due in a month, of those not overdue."""

    month: str
    due: int


class OfficerForecast(View):
    """One officer's meetings; `officer` is null for children who have nobody in this role."""

    officer: str | None
    overdue: int
    months: list[MonthDue]


class ForecastView(View):
    """The next meeting of each child, by the month in which it is due. Those that follow it are not foreseen."""

    on: date
    role: ForecastRole
    timescales: list[str] = Field(description="The timescales that are counted.")
    overdue: int
    months: list[MonthDue]
    officers: list[OfficerForecast]
