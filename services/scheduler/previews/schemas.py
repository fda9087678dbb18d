"""Facts, and what might be otherwise, as they are sent to be tried out."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from shared.http.fields import AwareInstant, Body, BoundedDate, Code, Line, Reference
from shared.timescales.codes import CODES
from shared.timescales.kinds import HISTORIES, KINDS
from shared.timescales.relief import EXEMPTION, PAUSE

MOST_FACTS, MOST_CHANGES, MOST_DAYS = 300, 50, 10
TOLD = [name for name, kind in KINDS.items() if not kind.derived and name not in (EXEMPTION, PAUSE)]


def _known_history(value: str) -> str:
    if value not in HISTORIES:
        raise ValueError(f"there is no such history; these are: {', '.join(HISTORIES)}")
    return value


def _known_kind(value: str) -> str:
    if value not in TOLD:
        raise ValueError("there is no such kind of fact; this service's OpenAPI document lists them all")
    return value


HistoryKind = Annotated[
    str, AfterValidator(_known_history), Field(json_schema_extra={"enum": list(HISTORIES)})
]
FactKind = Annotated[str, AfterValidator(_known_kind), Field(json_schema_extra={"enum": list(TOLD)})]
CodeValue = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,127}$")]
"""A value of a code; of an open one it is a name that a council gave, such as sefton-2021.practice_alert."""
Codes = Annotated[dict[Code, CodeValue], Field(max_length=len(CODES))]


class ToldFact(Body):
    """Something that happened, or might: on a London date, or at an instant with its offset, as its kind is known.
    Facts of one record, such as a review's planning and its holding, share its name."""

    kind: FactKind
    happened_on: BoundedDate | None = None
    happened_at: AwareInstant | None = None
    record: Reference | None = Field(default=None, description="Our id of a record, or any name of your own.")
    codes: Codes = Field(default_factory=dict)


ToldFacts = Annotated[list[ToldFact], Field(max_length=MOST_FACTS)]

CARE: dict[str, Any] = {"kind": "care_period.started", "happened_on": "2025-04-17"}
HELD: dict[str, Any] = {"kind": "review.held", "happened_on": "2025-05-12"}


class PreviewBody(Body):
    """A history that nobody has stored."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"history": "care_period", "facts": [CARE, HELD]}}
    )

    history: HistoryKind
    facts: Annotated[ToldFacts, Field(min_length=1)]


class Withdrawn(Body):
    """Facts that might not have happened: all of a kind, all of a record, or the one of both."""

    kind: FactKind | None = None
    record: Reference | None = None


class TriedDay(Body):
    """A bank holiday that might be proclaimed."""

    on: BoundedDate
    name: Line = "A day that may be proclaimed"
    instead_of: BoundedDate | None = None


class WhatIfBody(Body):
    """A stored history by its id, or facts that nobody has stored; and what would be otherwise."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"history": "care_period", "facts": [CARE], "add": [HELD], "overlay": None}
        }
    )

    history_id: UUID | None = None
    history: HistoryKind | None = None
    facts: ToldFacts = Field(default_factory=list)
    add: Annotated[list[ToldFact], Field(max_length=MOST_CHANGES)] = Field(
        default_factory=list,
        description="In place of a standing fact of the same kind and record, if there is one.",
    )
    withdraw: Annotated[list[Withdrawn], Field(max_length=MOST_CHANGES)] = Field(default_factory=list)
    overlay: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        default=None,
        description="The name of a council's practice that ships; null for England's alone. Leave it out for yours.",
    )
    settings: Annotated[dict[Code, Code], Field(max_length=50)] = Field(default_factory=dict)
    calendar_days: Annotated[list[TriedDay], Field(max_length=MOST_DAYS)] = Field(default_factory=list)
