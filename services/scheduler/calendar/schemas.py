"""The calendar as it is shown, and the days that a council adds to it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.http.fields import Body, BoundedDate, Line, View

EXAMPLE: dict[str, Any] = {
    "on": "2026-12-02",
    "name": "Day of the state funeral",
    "announced_on": "2026-11-23",
    "source": "The London Gazette, proclamation of 23 November 2026",
}


class NewDay(Body):
    """A bank holiday that was proclaimed by itself, or one that was moved to another day."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    on: BoundedDate = Field(description="The day off, a London date.")
    name: Line
    announced_on: BoundedDate = Field(description="The London date of the announcement.")
    source: Line = Field(description="Where it is proclaimed.")
    instead_of: BoundedDate | None = Field(
        default=None, description="The bank holiday that is a working day instead, where one was moved."
    )


class Withdrawal(Body):
    """Why a day is no bank holiday after all."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"because": "It was entered for the wrong year."}}
    )

    because: Line


class DayView(View):
    """A day that the council was told of. Dates are London's."""

    id: UUID
    on: date
    name: str
    announced_on: date
    source: str
    instead_of: date | None
    known_from: date = Field(description="It counts for every clock that ran on this day or began later.")
    recorded_at: datetime
    withdrawn_on: date | None
    withdrawn_because: str | None
    moved_at: datetime | None = Field(
        description="When every running deadline had followed; null until then."
    )


class CalendarPage(View):
    """Which days are off: England's, as published, and the council's own additions, also those taken back."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "version": "0.110-1f0c9a2b",
                "edition": "0.110-77ab01cd",
                "published_through": "2027-12-31",
                "days": [
                    EXAMPLE
                    | {
                        "id": "0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d11",
                        "instead_of": None,
                        "known_from": "2026-11-23",
                        "recorded_at": "2026-11-23T12:00:00Z",
                        "withdrawn_on": None,
                        "withdrawn_because": None,
                        "moved_at": "2026-11-23T12:00:04Z",
                    }
                ],
            }
        }
    )

    version: str = Field(description="Changes with every day that is added or taken back.")
    edition: str = Field(description="The published list alone.")
    published_through: date = Field(description="The last day for which bank holidays are published.")
    days: list[DayView]
