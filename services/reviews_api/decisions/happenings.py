"""What changed in a decision, in the past tense; never what it says."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.reviews_api.decisions.models import Decision
from services.reviews_api.decisions.states import DecisionState
from shared.db.base import new_id
from shared.events.language import Event
from shared.events.review_events import (
    DecisionCarriedOut,
    DecisionDropped,
    DecisionMade,
    DecisionStarted,
)

CONTENT = ("what", "owner", "due_on", "carried_from_id")


def happenings(decision: Decision, before: Mapping[str, Any]) -> Iterator[Event]:
    """The events of a change; `before` are the fields as they were, and empty for a decision that is new."""
    named: dict[str, Any] = {
        "subject_id": decision.id,
        "child_id": decision.child_id,
        "review_id": decision.review_id,
    }
    if any(getattr(decision, name) != before.get(name) for name in CONTENT):
        yield DecisionMade(**named, occasion=new_id(), owner=decision.owner, due_on=decision.due_on)
    if decision.state == before.get("state"):
        return
    if decision.state == DecisionState.IN_PROGRESS:
        yield DecisionStarted(**named, occasion=new_id(), started_on=decision.started_on)
    if decision.state == DecisionState.DONE:
        yield DecisionCarriedOut(**named, occasion=new_id(), done_on=decision.done_on)
    if decision.state == DecisionState.DROPPED:
        yield DecisionDropped(**named, occasion=new_id())


def told(decision: Decision) -> dict[str, Any]:
    """The fields whose change is told, as they are now."""
    return {name: getattr(decision, name) for name in (*CONTENT, "state")}
