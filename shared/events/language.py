"""What every event is: Duecare speaks in the past tense, in a class per event, each with an example.

An event is thin: ids, codes, dates and a link. No name, no date of birth, no free text ever enters one.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, ClassVar, TypeVar
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `subject_id` is the record it happened to, `child_id` the child it concerns."""

    type: ClassVar[str]
    noun: ClassVar[str]
    example: ClassVar["Event"]

    subject_id: UUID
    child_id: UUID | None

    def about(self) -> str:
        """What makes this event this one: the same words always give the same event id."""
        raise NotImplementedError

    def data(self) -> dict[str, Any]:
        """The body that subscribers read: the subject under its own noun, then the event's fields."""
        plain = {name: _plain(getattr(self, name)) for name in data_fields(type(self))}  # type: ignore[arg-type]
        child = (
            {"child_id": str(self.child_id), "link": f"/v1/children/{self.child_id}"} if self.child_id else {}
        )
        return {f"{self.noun}_id": str(self.subject_id)} | child | plain


_NOT_DATA = {"subject_id", "child_id", "occasion"}


@cache
def data_fields(kind: type[Event]) -> tuple[str, ...]:
    """The names of the fields of an event's data, besides its subject and child."""
    return tuple(field.name for field in fields(kind) if field.name not in _NOT_DATA)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


@dataclass(frozen=True, slots=True)
class RecordEvent(Event):
    """An event about a record; `occasion` is the id of this writing, so that a correction is a new event."""

    occasion: UUID

    def about(self) -> str:
        return str(self.occasion)


# Of examples: a child, a record of theirs, another child, and a deadline.
CHILD, RECORD = UUID("0199d3a2-61f4-7c1e-8b0a-4f6de2c7a915"), UUID("0199d3b7-0c58-7e42-9d13-a85b1f60c24e")
OTHER_CHILD = UUID("0199d3a2-9e07-74b8-a6d1-03c5f18e2b49")
DEADLINE = UUID("0f6f8f0e-4c61-5e0a-8a0e-0d1b6a1d7c55")
OCCASION = UUID("0199d3b7-0c59-7b06-a1f8-27c3e9d04b6f")

E = TypeVar("E", bound=Event)


def example(**told: Any) -> Callable[[type[E]], type[E]]:
    """Gives a class its example, with these fields; it is of a record of a child unless they say otherwise."""

    def shown(kind: type[E]) -> type[E]:
        occasion = {"occasion": OCCASION} if issubclass(kind, RecordEvent) else {}
        kind.example = kind(**{"subject_id": RECORD, "child_id": CHILD} | occasion | told)
        return kind

    return shown
