"""What is sent and shown of a decision."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, ConfigDict, Field

from services.reviews_api.decisions.models import Decision
from services.reviews_api.decisions.states import DecisionState
from services.reviews_api.exemptions.schemas import Words
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import Body, BoundedDate, Reference, Text, View


def _says_something(value: str) -> str:
    if not value.strip():
        raise ValueError("may not be blank")
    return value


OfChild = Annotated[Reference | None, Query(description="The child's reference.")]
OfReview = Annotated[Reference | None, Query(description="The review's reference.")]
OfOwner = Annotated[Reference | None, Query(description="Your reference of whoever is to carry it out.")]
OfState = Annotated[DecisionState | None, Query()]
Overdue = Annotated[
    bool | None, Query(description="Whether it should have been carried out before today, and was not.")
]


class DecisionBody(SourcedBody):
    """A decision of a review, whole: what is left out is taken as not so. All dates are London's."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "R-1001-3",
                "what": "Contact with the grandparents every month.",
                "owner": "sw-12",
                "due_on": "2026-12-18",
            }
        }
    )

    review: Reference = Field(description="The reference of the review that made it. Never changes.")
    what: Annotated[Text, AfterValidator(_says_something)] = Field(
        description="What is to be done. Never put in an event."
    )
    owner: Reference = Field(description="Your reference of whoever is to carry it out.")
    due_on: BoundedDate | None = Field(default=None, description="By when.")
    state: DecisionState = Field(default=DecisionState.OPEN, description="How far it has been carried out.")
    started_on: BoundedDate | None = None
    done_on: BoundedDate | None = Field(default=None, description="When it was done; for one that is.")
    dropped_because: Words | None = Field(default=None, description="Why it was dropped; for one that was.")
    carried_from: Reference | None = Field(
        default=None,
        description="The reference of the decision of an earlier review that this takes up again.",
    )


class StartBody(Body):
    """Somebody began to carry the decision out."""

    model_config = ConfigDict(json_schema_extra={"example": {"started_on": "2026-11-20"}})

    started_on: BoundedDate

    def step(self, decision: Decision) -> None:
        decision.start(self.started_on)


class FinishBody(Body):
    """The decision was carried out."""

    model_config = ConfigDict(json_schema_extra={"example": {"done_on": "2026-11-20"}})

    done_on: BoundedDate

    def step(self, decision: Decision) -> None:
        decision.finish(self.done_on)


class DropBody(Body):
    """The decision will not be carried out."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"because": "The child has moved to another school."}}
    )

    because: Words = Field(description="Kept with the record; no names.")

    def step(self, decision: Decision) -> None:
        decision.drop(self.because)


class DecisionView(RecordView):
    """A decision of a review; dates are London's."""

    child_id: UUID
    review_id: UUID
    what: str
    owner: str
    due_on: date | None
    state: DecisionState
    started_on: date | None
    done_on: date | None
    dropped_because: str | None
    carried_from_id: UUID | None


class DecisionList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[DecisionView]
    next: str | None = Field(default=None, description="The address of the next stretch.")


class EarlierReview(View):
    """The review before."""

    id: UUID
    reference: str
    held_on: date


class ProgressView(View):
    """What became of the decisions of the review before: `done`, `not_done` (open or in progress) and `dropped` add
    up to all of them. `carried_over` are those that a later review has taken up again."""

    review_id: UUID
    previous: EarlierReview | None = Field(description="Null for the first review of a care period.")
    decisions: int
    done: int
    not_done: int
    dropped: int
    carried_over: int
    done_decisions: list[DecisionView]
    not_done_decisions: list[DecisionView]
    dropped_decisions: list[DecisionView]
