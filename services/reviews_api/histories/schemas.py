"""What is sent and shown of a history."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from services.reviews_api.reviews.schemas import NextDeadline
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import Reference
from shared.timescales.escalation_kinds import ESCALATION
from shared.timescales.kinds import HISTORIES

CARE_PERIOD = "care_period"
KINDS = tuple(kind for kind in HISTORIES if kind not in (CARE_PERIOD, ESCALATION))
"""A care period has a record of its own, which is its history too, and so has an escalation."""


def _known_kind(value: str) -> str:
    if value == CARE_PERIOD:
        raise ValueError("a care period is put to /v1/care_periods, and is its own history")
    if value == ESCALATION:
        raise ValueError("an escalation is raised at /v1/escalations, and is its own history")
    if value not in KINDS:
        raise ValueError(f"must be one of {', '.join(KINDS)}")
    return value


HistoryKind = Annotated[str, AfterValidator(_known_kind), Field(json_schema_extra={"enum": list(KINDS)})]


class HistoryBody(SourcedBody):
    """What facts are told of, where that is no care period. It is one child's, or one officer's."""

    model_config = ConfigDict(json_schema_extra={"example": {"kind": "protection", "child": "C-1001"}})

    kind: HistoryKind = Field(description="Never changes.")
    child: Reference | None = Field(default=None, description="The child's reference. Never changes.")
    officer: Reference | None = Field(
        default=None, description="Your reference of the officer, where the history is an officer's."
    )


class HistoryView(RecordView):
    """A history, with the version that an update must name."""

    kind: str
    child_id: UUID | None
    officer: str | None


class HistoryPage(HistoryView):
    """A history, and what is now due in it."""

    deadlines: list[NextDeadline]
