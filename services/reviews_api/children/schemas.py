"""What is sent and shown of a child."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.care_periods.schemas import CarePeriodView
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import BoundedDate, Line, View


class ChildBody(SourcedBody):
    """A child as the case system knows them. Everything is optional; leave out what you need not share."""

    model_config = ConfigDict(json_schema_extra={"example": {"date_of_birth": "2014-05-03"}})

    date_of_birth: BoundedDate | None = Field(default=None, description="London date.")
    display_name: Line | None = Field(default=None, description="Shown to officers; never put in an event.")


class ChildView(RecordView):
    """A child, with the version that an update must name."""

    date_of_birth: date | None
    display_name: str | None


class FactView(View):
    """Something that happened: `happened_on` is London's date, `happened_at` the UTC instant where known."""

    kind: str
    happened_on: date
    happened_at: datetime | None
    record_id: UUID
    recorded_at: datetime
    withdrawn_at: datetime | None


class DeadlineView(View):
    """A promise, its date and the reason for it. `due_on` is a London date, `due_at` a UTC instant."""

    id: UUID
    timescale: str
    title: str
    basis: str
    due_on: date
    due_at: datetime
    provisional: bool
    standing: str = Field(
        description="in_time, due_soon, overdue; or met, met_late, ended, ended_unmet, passed, waived, withdrawn."
    )
    closed_on: date | None
    breached: bool
    exemptions: list[str] = Field(description="What stands granted for it: pause, extension, waiver.")
    reason: list[str] = Field(description="Why this date, in plain English.")


class ChildPage(ChildView):
    """Everything about one child in one answer: periods of care, facts in order, deadlines by due date."""

    care_periods: list[CarePeriodView]
    facts: list[FactView]
    deadlines: list[DeadlineView]
