"""What is sent and shown of a checklist."""

from datetime import date
from typing import Annotated, Self

from fastapi import Query
from pydantic import ConfigDict, Field, model_validator

from services.reviews_api.checklists.models import Applies
from services.reviews_api.figures import Count
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import Body, BoundedDate, Code, Line, View

FromOn = Annotated[
    BoundedDate | None, Query(alias="from", description="Answered on this London date or later.")
]
ToOn = Annotated[
    BoundedDate | None, Query(alias="to", description="Answered on this London date or earlier.")
]


class Item(Body):
    """One question of a checklist, and to whom it applies."""

    code: Code = Field(description="Unique within the checklist; the same over its versions.")
    title: Line = Field(description="The question, for people.")
    applies: Applies = Field(
        default=Applies.ALL,
        description="all; from_age: to children of that age or older; placement: to a kind of it.",
    )
    from_age: int | None = Field(default=None, ge=0, le=25, strict=True, description="In years.")
    placement: Line | None = Field(default=None, description="The kind of placement, in words.")

    @model_validator(mode="after")
    def _says_to_whom(self) -> Self:
        given = {Applies.FROM_AGE: self.from_age, Applies.PLACEMENT: self.placement}
        for applies, value in given.items():
            if (value is not None) != (self.applies is applies):
                raise ValueError(f"{applies} is given where the item applies by it, and nowhere else")
        return self


class ChecklistBody(SourcedBody):
    """What the council wants to know of every child, such as whether they have a savings account."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "title": "At every review",
                "items": [
                    {"code": "savings_account", "title": "Is money saved for the child at the placement?"},
                    {
                        "code": "resettlement_passport",
                        "title": "Does the young person have a resettlement passport?",
                        "applies": "from_age",
                        "from_age": 16,
                    },
                    {
                        "code": "unregulated_placement",
                        "title": "Was the placement checked with the Leaving Care service?",
                        "applies": "placement",
                        "placement": "Unregulated",
                    },
                    {"code": "advocacy_offered", "title": "Was advocacy offered?"},
                    {"code": "independent_visitor_offered", "title": "Was an independent visitor offered?"},
                ],
            }
        }
    )

    title: Line = Field(description="For people.")
    items: list[Item] = Field(min_length=1, max_length=100)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({item.code for item in self.items}) < len(self.items):
            raise ValueError("the code of an item is there twice")
        return self


class ChecklistView(RecordView):
    """A checklist as it is asked now."""

    title: str
    items: list[Item]


class VersionView(View):
    """A checklist as it was asked."""

    version: int
    title: str
    items: list[Item]


class VersionList(View):
    """Every version of a checklist, the newest first."""

    items: list[VersionView]


class ChecklistList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[ChecklistView]
    next: str | None = Field(default=None, description="The address of the next stretch.")


class ItemFigures(View):
    """How one item was answered."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "code": "savings_account",
                "title": "Is money saved for the child at the placement?",
                "asked_now": True,
                "answers": {
                    "yes": {"count": 402},
                    "no": {"count": 97},
                    "not_applicable": {"count": 12},
                    "not_known": {"suppressed": True},
                    "unanswered": {"suppressed": True},
                },
            }
        }
    )

    code: str
    title: str
    asked_now: bool = Field(description="Whether the checklist has it now, or had it once.")
    answers: dict[str, Count] = Field(
        description="yes, no, not_applicable, not_known and unanswered: together all children."
    )


class ChecklistFigures(View):
    """The latest answer of each child within the days asked for, item by item. The days are London's."""

    from_on: date | None
    to_on: date | None
    children: int = Field(description="How many children it was answered for.")
    items: list[ItemFigures]
