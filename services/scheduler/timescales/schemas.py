"""The catalogue as it is shown."""

from datetime import date
from typing import Any

from pydantic import ConfigDict, Field

from shared.http.fields import View
from shared.timescales.timescale import Basis, Nth

EXAMPLE: dict[str, Any] = {
    "code": "lac-review-first",
    "title": "First looked-after review",
    "limit": "20 working days",
    "basis": "statutory",
    "source": "SI 2010/959 reg 33(1)",
    "confirmed": True,
    "in_force": [{"first_day": "2011-04-01", "last_day": None, "limit": None}],
    "starts": {"fact": "care_period.started", "nth": "first"},
    "stops": {"fact": "review.held", "already": False, "same_record": False},
    "cancels": ["care_period.ended"],
    "warn": ["10 working days", "5 working days"],
}


class InForceView(View):
    """A stretch of days, both included, whose starts it covers, and its limit there if another."""

    first_day: date
    last_day: date | None
    limit: str | None


class StartsView(View):
    """The fact that starts the clock."""

    fact: str
    nth: Nth


class StopsView(View):
    """The fact that meets the deadline."""

    fact: str
    already: bool
    same_record: bool


class TimescaleView(View):
    """One rule: from this fact, within this long, until that fact, on whose authority."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    code: str
    title: str
    limit: str = Field(description="In words.")
    basis: Basis
    source: str
    confirmed: bool = Field(description="False until somebody has read the figure in its source.")
    in_force: list[InForceView]
    starts: StartsView
    stops: StopsView
    cancels: list[str]
    warn: list[str]


class CalendarView(View):
    """England's working days: which list, and the last day for which bank holidays are published."""

    version: str
    published_through: date


class CatalogueView(View):
    """Every timescale in force here, and the calendar that counts their days."""

    version: str
    authority: str | None = Field(description="Whose own timescales are laid over England's.")
    calendar: CalendarView
    timescales: list[TimescaleView]
