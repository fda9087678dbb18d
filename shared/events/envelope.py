"""The envelope of an event: CloudEvents 1.0, with an id that is the same whoever computes it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from shared.events.language import Event

NAMESPACE = UUID("6f1c1d5e-3f0e-5c57-9a53-2a7b6f4f8d11")


def event_id(authority: str, event: Event) -> UUID:
    """The same for the same happening, whoever computes it."""
    return uuid5(NAMESPACE, f"{authority}:{event.type}:{event.about()}")


def schema_name(type: str) -> str:
    """The name of the JSON Schema of the data of this type of event: a URN, for `dataschema` and the schema's `$id`."""
    return f"urn:duecare:event:{type}:1"


def envelope(authority: str, event: Event, now: datetime) -> dict[str, Any]:
    """The event as CloudEvents 1.0 JSON. `time` is the UTC instant at which Duecare learnt of it."""
    return {
        "specversion": "1.0",
        "id": str(event_id(authority, event)),
        "source": f"/duecare/{authority}",
        "type": event.type,
        "subject": f"{event.noun}/{event.subject_id}",
        "time": now.isoformat(),
        "datacontenttype": "application/json",
        "dataschema": schema_name(event.type),
        "data": event.data(),
    }
