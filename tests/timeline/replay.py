"""What somebody knows of each deadline who heard every event, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Heard:
    """A deadline as its events tell it. `met_on` is a London date, `breached` the version of a standing breach."""

    due_on: date
    due_at: datetime
    outcome: str = "open"
    met_on: date | None = None
    ended_by: str | None = None
    breached: int | None = None


def replay(said: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[UUID, Heard]:
    """What is known after these events, each its type and data, in order."""
    known: dict[UUID, Heard] = {}
    revisions: dict[UUID, int] = {}
    for type_, data in said:
        deadline = UUID(data["deadline_id"])
        assert revisions.get(deadline, 0) <= data["revision"]
        revisions[deadline] = data["revision"]
        known[deadline] = _hear(known.get(deadline), type_, data)
    return known


def _hear(known: Heard | None, type_: str, data: Mapping[str, Any]) -> Heard:
    due = {"due_on": date.fromisoformat(data["due_on"]), "due_at": datetime.fromisoformat(data["due_at"])}
    if known is None:
        known = Heard(**due)
    match type_:
        case "deadline.opened":
            return Heard(**due, breached=known.breached)
        case "deadline.moved":
            assert known.due_on == date.fromisoformat(data["previous_due_on"])
            return replace(known, **due, outcome="open" if known.outcome == "passed" else known.outcome)
        case "deadline.met":
            outcome = "met" if data["in_time"] else "met_late"
            return Heard(
                **due, outcome=outcome, met_on=date.fromisoformat(data["met_on"]), breached=known.breached
            )
        case "deadline.cancelled":
            return _cancelled(Heard(**due, breached=known.breached), data["because"])
        case "deadline.passed":
            return Heard(**due, outcome="passed", breached=known.breached)
        case "deadline.breached":
            assert known.breached is None
            return replace(known, breached=data["version"])
        case "breach.withdrawn":
            assert known.breached == data["version"]
            return replace(known, breached=None)
        case _:
            assert type_ in ("deadline.approaching", "deadline.confirmed")
            return known


def _cancelled(known: Heard, because: str) -> Heard:
    others = {"waived": "waived", "start_withdrawn": "withdrawn", "law_changed": "withdrawn"}
    if because in others:
        return replace(known, outcome=others[because])
    return replace(known, outcome="ended", ended_by=because)
