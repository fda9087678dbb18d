"""What is sent and shown of a strategy discussion."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.sourced import RecordView, SourcedBody
from services.reviews_api.strategy_discussions.models import Section47
from shared.http.fields import AwareInstant, BoundedDate, Reference
from shared.timescales.london import london_date


class StrategyDiscussionBody(SourcedBody):
    """A strategy discussion, whole: decided on, or held, or both."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"child": "C-1001", "held_on": "2026-11-20", "section47": "initiated"}}
    )

    child: Reference = Field(description="The child's reference. Never changes.")
    decided_at: AwareInstant | None = Field(default=None, description="When it was decided to hold one.")
    held_on: BoundedDate | None = Field(default=None, description="London date on which it was held.")
    held_at: AwareInstant | None = Field(
        default=None, description="In place of held_on, where the instant is known."
    )
    section47: Section47 | None = Field(
        default=None,
        description="Needed once it is held: whether it initiated section 47 enquiries, continued those that "
        "were under way, or initiated none. The initial conference is counted from the one that initiated.",
    )

    def told(self) -> dict[str, Any]:
        """The record's own fields, with the London date of an instant."""
        held_on = london_date(self.held_at) if self.held_at else self.held_on
        return self.values("child") | {"held_on": held_on}


class StrategyDiscussionView(RecordView):
    """A strategy discussion. `history_id` is the child's protection history."""

    child_id: UUID
    history_id: UUID
    decided_at: datetime | None
    held_on: date | None
    held_at: datetime | None
    section47: Section47 | None
