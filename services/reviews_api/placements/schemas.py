"""What is sent and shown of a placement."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, ConfigDict, Field, StrictBool

from services.reviews_api.placements.models import AT_A_DISTANCE_MILES
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.codes.lists import code_list
from shared.http.fields import Body, BoundedDate, Reference, View
from shared.timescales.codes import CODES

TYPES = CODES["placement_type"]
CODES_903 = [each.code for each in code_list("placement").codes]
FURTHEST = 999.9  # the national return's own limit, which it also uses where a postcode is not known


class Theme(StrEnum):
    """What people ask of the placements of a day."""

    UNREGISTERED = "unregistered"
    UNREGULATED = "unregulated"
    AT_A_DISTANCE = "at_a_distance"
    OUT_OF_AREA = "out_of_area"
    ADOPTION = "adoption"
    LONG_TERM_FOSTER = "long_term_foster"
    REMAND = "remand"


OnDay = Annotated[BoundedDate | None, Query(description="London date; today where it is left out.")]
OfTheme = Annotated[Theme | None, Query(description="What the placements have in common.")]


def _known_type(value: str) -> str:
    if value not in TYPES:
        raise ValueError(f"must be one of {', '.join(TYPES)}")
    return value


def _known_code(value: str) -> str:
    if value not in CODES_903:
        raise ValueError(f"must be one of {', '.join(CODES_903)}")
    return value


def _to_a_tenth(value: float) -> float:
    if round(value, 1) != value:
        raise ValueError("give miles to one decimal place")
    return value


PlacementType = Annotated[str, AfterValidator(_known_type), Field(json_schema_extra={"enum": list(TYPES)})]
PlacementCode = Annotated[str, AfterValidator(_known_code), Field(json_schema_extra={"enum": CODES_903})]
Miles = Annotated[float, Field(strict=True, ge=0, le=FURTHEST), AfterValidator(_to_a_tenth)]


class Designation(Body):
    """From a day on, the placement is meant otherwise: what is given here holds from then on."""

    on: BoundedDate = Field(description="London date.")
    intended_to_18: StrictBool | None = None
    long_term_foster: StrictBool | None = None
    fewer_visits_agreed: StrictBool | None = None


class PlacementBody(SourcedBody):
    """Where a child lives while in care, whole: what is left out is taken as not so, or not known."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "care_period": "CP-1001-1",
                "started_on": "2026-11-02",
                "placement_type": "foster",
                "placement_code": "U6",
                "distance_miles": 12.4,
                "plan_completed_on": "2026-11-05",
            }
        }
    )

    care_period: Reference = Field(description="The care period's reference. Never changes.")
    started_on: BoundedDate = Field(description="London date on which the child moved in.")
    ended_on: BoundedDate | None = Field(
        default=None, description="London date on which the child moved out; the next may start on it."
    )
    placement_type: PlacementType = Field(description="What the regulations tell apart.")
    placement_code: PlacementCode | None = Field(
        default=None, description="The SSDA903 code; it must be one that was valid on started_on."
    )
    unregistered: StrictBool = Field(
        default=False, description="Whether the home ought to be registered and is not."
    )
    unregulated: StrictBool = Field(default=False, description="Whether nobody regulates homes of its kind.")
    out_of_area: StrictBool = Field(default=False, description="Whether it lies outside the council's area.")
    distance_miles: Miles | None = Field(
        default=None,
        description="Miles from home, to one decimal place. "
        f"From {AT_A_DISTANCE_MILES:.0f} miles on it is at a distance (policy).",
    )
    intended_to_18: StrictBool | None = Field(
        default=None, description="Whether it is meant to last until the child is 18."
    )
    long_term_foster: StrictBool | None = Field(
        default=None, description="Whether it is a long-term foster placement from its start."
    )
    fewer_visits_agreed: StrictBool | None = Field(
        default=None, description="Whether the child agreed to fewer visits."
    )
    emergency: StrictBool | None = Field(default=None, description="Whether it was made in an emergency.")
    designation: Designation | None = Field(
        default=None, description="What the placement was designated as later than its start."
    )
    notified_on: BoundedDate | None = Field(
        default=None, description="London date on which the placement was notified."
    )
    plan_completed_on: BoundedDate | None = Field(
        default=None, description="London date on which the placement plan was completed."
    )


class PlacementView(RecordView):
    """A placement, with the version that an update must name."""

    child_id: UUID
    care_period_id: UUID
    started_on: date
    ended_on: date | None
    placement_type: str
    placement_code: str | None
    unregistered: bool
    unregulated: bool
    out_of_area: bool
    distance_miles: float | None
    at_a_distance: bool
    intended_to_18: bool | None
    long_term_foster: bool | None
    fewer_visits_agreed: bool | None
    emergency: bool | None
    designated_on: date | None
    designated_codes: dict[str, str] = Field(description="What holds from designated_on on: yes or no.")
    notified_on: date | None
    plan_completed_on: date | None


class PlacementLine(PlacementView):
    """A placement in a list, with the references of its child and care period."""

    child: str
    care_period: str


class PlacementList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[PlacementLine]
    next: str | None = Field(default=None, description="The address of the next stretch.")
