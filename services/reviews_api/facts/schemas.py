"""What is sent and shown of a reported fact."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from services.reviews_api.reviews.schemas import NextDeadline
from services.reviews_api.sourced import RecordView, SourcedBody
from services.reviews_api.timeline import RECORDED
from shared.http.fields import AwareInstant, BoundedDate, Line, Reference
from shared.timescales.kinds import KINDS

REPORTED = [name for name, kind in KINDS.items() if not kind.derived and name not in RECORDED]


def _known_kind(value: str) -> str:
    if value not in KINDS:
        raise ValueError("there is no such kind of fact; this service's OpenAPI document lists them all")
    return value


FactKind = Annotated[str, AfterValidator(_known_kind), Field(json_schema_extra={"enum": list(REPORTED)})]


class FactBody(SourcedBody):
    """Something that happened, whole: what is left out is taken as not so."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "history": "CP-1001-1",
                "kind": "remand.ordered",
                "happened_on": "2026-11-20",
                "codes": {"accommodation": "local_authority"},
            }
        }
    )

    history: Reference = Field(
        description="The reference of the history or of the care period. Never changes."
    )
    kind: FactKind = Field(description="What happened. Never changes.")
    happened_on: BoundedDate | None = Field(
        default=None, description="London date, for what is known to the day."
    )
    happened_at: AwareInstant | None = Field(
        default=None, description="The instant, for what is known to the instant."
    )
    about: Reference | None = Field(
        default=None,
        description="What the fact is about, where its kind needs that: the fact that began a short break, by its "
        "reference.",
    )
    codes: dict[str, str] = Field(default_factory=dict, description="What rules may ask about it, in codes.")


class FactWithdrawal(SourcedBody):
    """Why a fact does not stand."""

    model_config = ConfigDict(json_schema_extra={"example": {"because": "It was the child's sister."}})

    because: Line


class ReportedView(RecordView):
    """A reported fact. `happened_on` is London's date, `happened_at` the UTC instant where known; `record_id` is
    what the fact is about."""

    history_id: UUID
    child_id: UUID | None
    kind: str
    about: str | None
    record_id: UUID
    happened_on: date
    happened_at: datetime | None
    codes: dict[str, str]


class ToldView(ReportedView):
    """A reported fact, and what is now due in its history."""

    deadlines: list[NextDeadline]
