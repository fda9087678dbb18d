"""Which events a reader wants: said in the address, and asked in SQL."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, StringConstraints

from services.scheduler.event_types.known import FAMILIES, KNOWN_TYPES, known
from shared.http.fields import Reference

MOST = 50  # values of one filter

# An event is of a child, or of the children of a meeting, or of two that were merged or split.
ABOUT = """(
    coalesce(child_id = ANY({ids}), false)
    OR coalesce(CAST(envelope -> 'data' -> 'child_ids' AS jsonb) ?| {named}, false)
    OR coalesce(envelope -> 'data' ->> 'to_child_id' = ANY({named}), false)
    OR coalesce(envelope -> 'data' ->> 'merged_child_id' = ANY({named}), false)
)"""


def about(name: str) -> str:
    """The condition that an event is of any of these children: `name` has their ids, `name`_named the same as text."""
    return ABOUT.format(ids=f"CAST(:{name} AS uuid[])", named=f"CAST(:{name}_named AS text[])")


Types = Annotated[
    list[Annotated[str, StringConstraints(max_length=64), AfterValidator(known)]],
    Query(
        alias="type",
        max_length=MOST,
        description="Only these types, or families of types such as `deadline.*`.",
    ),
]
Subject = Annotated[
    str | None,
    Query(
        pattern=r"^[a-z_]{1,40}/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        description="Only what happened to this, such as `deadline/` and its id.",
    ),
]
OfChild = Annotated[UUID | None, Query(description="Only what is told of the child with this id.")]
Teams = Annotated[
    list[Reference],
    Query(alias="team", max_length=MOST, description="Only events of these teams, by your references."),
]
Officers = Annotated[
    list[Reference],
    Query(alias="officer", max_length=MOST, description="Only events of these officers, by your references."),
]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader wants of the feed; everything where nothing is named. `types` are whole types."""

    types: tuple[str, ...] = ()
    subject: str | None = None
    child: UUID | None = None
    teams: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != EVERYTHING

    def conditions(self) -> str:
        """The conditions in SQL, each after an AND, cheap ones first."""
        said = {
            "type = ANY(CAST(:types AS text[]))": self.types,
            "team = ANY(CAST(:teams AS text[]))": self.teams,
            "officer = ANY(CAST(:officers AS text[]))": self.officers,
            "subject_id = CAST(:subject_id AS uuid) AND envelope ->> 'subject' = :subject": self.subject,
            # Only an envelope in which the id stands is worth taking apart.
            f"strpos(CAST(envelope AS text), :child_text) > 0 AND {about('child')}": self.child,
        }
        return "".join(f" AND {condition}" for condition, value in said.items() if value)

    def values(self) -> dict[str, Any]:
        """What the conditions name."""
        named: dict[str, Any] = {
            "types": list(self.types),
            "teams": list(self.teams),
            "officers": list(self.officers),
        }
        if self.subject:
            named |= {"subject": self.subject, "subject_id": self.subject.partition("/")[2]}
        if self.child:
            ids = [str(self.child)]
            named |= {"child_text": ids[0], "child": [self.child], "child_named": ids}
        return {name: value for name, value in named.items() if value}


EVERYTHING = Filter()


async def wanted(
    types: Types = (),  # type: ignore[assignment]
    subject: Subject = None,
    child: OfChild = None,
    teams: Teams = (),  # type: ignore[assignment]
    officers: Officers = (),  # type: ignore[assignment]
) -> Filter:
    """The filters in the address of a request."""
    return Filter(_whole(types), subject, child, tuple(sorted(set(teams))), tuple(sorted(set(officers))))


def _whole(types: list[str]) -> tuple[str, ...]:
    families = tuple(each.removesuffix("*") for each in types if each in FAMILIES)
    return tuple(
        sorted(each for each in KNOWN_TYPES if each in types or (families and each.startswith(families)))
    )
