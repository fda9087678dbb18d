"""What is told of the year, each thing on its day: lines of the case system's nightly import, and single requests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.auth.principal import Role

FIRST, THEN = 1, 2
"""Turns of one day."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an import on a London date. `fields` are as its PUT takes them, dates and instants as text."""

    on: date
    record: str
    reference: str
    fields: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The line as it is sent."""
        return {"record": self.record, "reference": self.reference, **self.fields}


@dataclass(frozen=True, slots=True)
class Call:
    """One request on a London date, by somebody in a role. Those of a later `turn` wait for those before them."""

    on: date
    turn: int
    path: str
    body: Mapping[str, Any]
    method: str = "PUT"
    role: Role = Role.CASE_SYSTEM
    service: str = "reviews"
    subject: str = "somebody"


@dataclass(frozen=True, slots=True)
class Sample:
    """A dip sample of children in care on a London date, and whether each, in the order of the draw, had a care
    planning meeting on record. Who they are is known only once the lot is drawn."""

    on: date
    reference: str
    title: str
    seed: int
    recorded: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does with an escalation, at an hour (London's) of a London date; of one escalation, no two steps
    fall in one hour. `alert` is its name in the story: the API gives it another when it is raised."""

    on: date
    hour: int
    alert: str
    verb: str
    body: Mapping[str, Any]
    role: Role
    subject: str


Deed = Line | Call | Sample | Step
