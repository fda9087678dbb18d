"""What is said of a conference, in the past tense."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.reviews_api.conferences.models import Conference
from services.reviews_api.conferences.states import ConferenceStatus
from shared.db.base import new_id
from shared.events.language import Event
from shared.events.protection_events import (
    ConferenceCancelled,
    ConferenceHeld,
    ConferencePostponed,
    ConferenceScheduled,
)


def state(conference: Conference) -> Mapping[str, Any]:
    """What the events ask about, as it is before a step."""
    return {name: getattr(conference, name) for name in ("status", "scheduled_on", "held_on")}


def happenings(conference: Conference, before: Mapping[str, Any]) -> Iterator[Event]:
    """What changed since `before`. A meeting about many children is one event."""
    named = _named(conference)
    planned = conference.status == ConferenceStatus.PLANNED
    if planned and conference.scheduled_on not in (None, before.get("scheduled_on")):
        yield ConferenceScheduled(**named, occasion=new_id(), scheduled_on=conference.scheduled_on)
    if conference.held_on is not None and conference.held_on != before.get("held_on"):
        yield ConferenceHeld(**named, occasion=new_id(), held_on=conference.held_on)
    if conference.status == ConferenceStatus.CANCELLED and before.get("status") != conference.status:
        yield ConferenceCancelled(**named, occasion=new_id())


def postponement(conference: Conference) -> Iterator[Event]:
    """That it was put off."""
    if conference.scheduled_on is not None and conference.postponed_from is not None:
        yield ConferencePostponed(
            **_named(conference),
            occasion=new_id(),
            scheduled_on=conference.scheduled_on,
            postponed_from=conference.postponed_from,
        )


def _named(conference: Conference) -> dict[str, Any]:
    return {
        "subject_id": conference.id,
        "child_id": None,
        "conference_type": conference.conference_type,
        "child_ids": [str(place.child_id) for place in conference.places_by_child],
    }
