"""What is sent and shown of a child."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field, StrictBool, model_validator

from services.reviews_api.care_periods.schemas import CarePeriodView
from services.reviews_api.legal_statuses.schemas import LegalStatusView
from services.reviews_api.placements.schemas import PlacementView
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import BoundedDate, Line, Reference, View

OfFamily = Annotated[Reference | None, Query(description="Siblings: your reference of the family group.")]
OfTeam = Annotated[Reference | None, Query(description="Your reference of the team.")]
OfSocialWorker = Annotated[Reference | None, Query(description="Your reference of the social worker.")]
MOST_NAMED = 50


class ChildBody(SourcedBody):
    """A child as the case system knows them. Everything is optional; leave out what you need not share."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"date_of_birth": "2014-05-03", "family": "FAM-311", "team": "looked-after-2"}
        }
    )

    date_of_birth: BoundedDate | None = Field(default=None, description="London date.")
    expected_on: BoundedDate | None = Field(
        default=None,
        description="Of a child not yet born: the London date on which the birth is expected. Once the child is "
        "born, date_of_birth takes its place.",
    )
    display_name: Line | None = Field(default=None, description="Shown to officers; never put in an event.")
    family: Reference | None = Field(
        default=None, description="Your reference of the family group that siblings share."
    )
    team: Reference | None = Field(default=None, description="Your reference of the team.")
    social_worker: Reference | None = Field(default=None, description="Your reference of the social worker.")
    restricted: StrictBool = Field(
        default=False,
        description="Whether only managers of reviewing officers, senior managers, auditors, the case system and "
        "those named in restricted_to may see this child; to all others there is none.",
    )
    restricted_to: list[Line] = Field(
        default_factory=list,
        max_length=MOST_NAMED,
        description="The subjects (of tokens) who may see a restricted child all the same.",
    )

    @model_validator(mode="after")
    def _born_or_expected(self) -> Self:
        if self.date_of_birth is not None and self.expected_on is not None:
            raise ValueError("give date_of_birth or expected_on, not both")
        if self.restricted_to and not self.restricted:
            raise ValueError("only a restricted child names who may see it")
        return self


class ChildView(RecordView):
    """A child, with the version that an update must name."""

    date_of_birth: date | None
    expected_on: date | None
    display_name: str | None
    family: str | None
    team: str | None
    social_worker: str | None
    restricted: bool
    restricted_to: list[str]
    merged_into: str | None = Field(
        default=None,
        description="The reference of this child, where you asked for a record that was merged into it.",
    )


class ChildList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[ChildView]
    next: str | None = Field(default=None, description="The address of the next stretch.")


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
    """Everything about one child in one answer: periods of care with their placements and legal statuses, facts in
    order, deadlines by due date."""

    care_periods: list[CarePeriodView]
    placements: list[PlacementView]
    legal_statuses: list[LegalStatusView]
    facts: list[FactView]
    deadlines: list[DeadlineView]
