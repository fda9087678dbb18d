"""What every record's body and view have in common: where a version stands in the order of its source's own."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from services.reviews_api.record import Given
from shared.http.fields import AwareInstant, Body, Line, View
from shared.http.places import to_number

LARGEST = 2**53 - 1  # every JSON reader keeps it exact


class SourcedBody(Body):
    """What is told of a record, and of which of the source's versions. Told out of order or twice, the latest
    version stands; a source keeps to one of the two ways of counting them."""

    source_version: int | None = Field(
        default=None,
        ge=0,
        le=LARGEST,
        strict=True,
        description="The case system's own version of this record: a number that only grows. With it, no If-Match "
        "is needed, and an earlier version that arrives later changes nothing.",
    )
    source_at: AwareInstant | None = Field(
        default=None,
        description="In place of source_version: when the case system last changed this record.",
    )

    @model_validator(mode="after")
    def _one_order(self) -> Self:
        if self.source_version is not None and self.source_at is not None:
            raise ValueError("give source_version or source_at, not both")
        return self

    def given(self, if_match: str | None) -> Given:
        """What the caller knows of the version that this replaces."""
        if self.source_at is not None:
            return Given(if_match, max(to_number(self.source_at), 0))
        return Given(if_match, self.source_version)

    def values(self, *but: str) -> dict[str, Any]:
        """The record's own fields, but for these."""
        return self.model_dump(exclude={"source_version", "source_at", *but})


class WithdrawalBody(SourcedBody):
    """It was a mistake: it was not so."""

    model_config = ConfigDict(json_schema_extra={"example": {"because": "Entered for the wrong child."}})

    because: Line = Field(description="Kept with the record; no names.")


WITHDRAWAL_KEPT: dict[int | str, dict[str, Any]] = {
    204: {
        "description": "Nothing is held of it yet. The source said in which version it withdrew it, and that is kept: "
        "what comes in that version or an earlier one is refused, and a later one brings it."
    }
}


class RecordView(View):
    """A record, with the version that an update must name. One that was withdrawn says when and why."""

    id: UUID
    reference: str
    version: int
    withdrawn_at: datetime | None
    withdrawn_because: str | None
