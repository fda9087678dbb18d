"""What is sent and shown of a legal status."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, ConfigDict, Field

from services.reviews_api.sourced import RecordView, SourcedBody
from shared.codes.lists import code_list
from shared.http.fields import BoundedDate, Reference, View

STATUSES = [each.code for each in code_list("legal_status").codes]

OfPeriod = Annotated[Reference | None, Query(description="The care period's reference, or our id.")]
OfStatus = Annotated[
    str | None, Query(pattern="^[A-Z][0-9]$", description="The SSDA903 code of a legal status.")
]


def _known_status(value: str) -> str:
    if value not in STATUSES:
        raise ValueError(f"must be one of {', '.join(STATUSES)}")
    return value


Status = Annotated[str, AfterValidator(_known_status), Field(json_schema_extra={"enum": STATUSES})]


class LegalStatusBody(SourcedBody):
    """On what ground the child is looked after from a day on."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"care_period": "CP-1001-1", "status": "C1", "from_on": "2026-11-10"}}
    )

    care_period: Reference = Field(description="The care period's reference. Never changes.")
    status: Status = Field(description="The SSDA903 code, such as V2 (section 20) or C2 (care order).")
    from_on: BoundedDate = Field(description="London date from which it holds.")


class LegalStatusView(RecordView):
    """A legal status, with the version that an update must name."""

    child_id: UUID
    care_period_id: UUID
    status: str
    from_on: date


class LegalStatusList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[LegalStatusView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
