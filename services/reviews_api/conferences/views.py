"""What is shown of a conference."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from services.reviews_api.conferences.models import ConferenceType
from services.reviews_api.conferences.states import ConferenceStatus
from services.reviews_api.sourced import RecordView
from shared.http.fields import View


class PlaceView(View):
    """One child's place at a conference. `history_id` is the child's protection history."""

    child: str = Field(description="The child's reference.")
    child_id: UUID
    history_id: UUID
    outcome: str | None
    category: str | None
    unborn: bool | None = Field(
        description="Whether the child was not yet born on the day; null where no birth is known or expected."
    )
    due_on: date | None = Field(
        description="The London date by which it was owed to this child; null where no clock ran for it."
    )
    late: bool | None = Field(
        description="Whether it was held after that date; null while it is not held, and where no clock ran for it."
    )


class ConferenceView(RecordView):
    """A conference, with each of its children; dates are London's."""

    conference_type: ConferenceType
    status: ConferenceStatus
    chair: str | None
    requested_on: date | None
    notified_on: date | None
    accepted_on: date | None
    residence: str | None
    scheduled_on: date | None
    invitations_sent_on: date | None
    report_shared_on: date | None
    final_core_group_on: date | None
    held_on: date | None
    mode: str | None
    quorate: bool | None
    reports: str | None
    attended: dict[str, Any]
    late_reason: str | None
    decisions_sent_on: date | None
    minutes_sent_on: date | None
    postponed_from: date | None
    postponed_because: str | None
    postponed_by: str | None
    cancelled_on: date | None
    cancelled_because: str | None
    cancelled_by: str | None
    children: list[PlaceView]
    warnings: list[str] = Field(
        description="What the CIN census would question: initial_conference_on_a_weekend (rule 8875)."
    )


class ConferenceList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[ConferenceView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
