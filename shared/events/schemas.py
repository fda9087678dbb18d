"""JSON Schemas (2020-12) of the events, made from their classes.

They say what is, and close nothing that may grow: fields and codes may be added, and whoever reads an event ignores
those that they do not know.
"""

import inspect
from datetime import datetime
from typing import Any, get_type_hints
from uuid import UUID

from shared.events.envelope import envelope, schema_name
from shared.events.fields import PLAIN, Schema, came_later, field_schema
from shared.events.language import Event, data_fields

DIALECT = "https://json-schema.org/draft/2020-12/schema"
AUTHORITY, LEARNT = "E08000014", datetime.fromisoformat("2026-11-21T00:00:00.120000+00:00")  # of examples
CONCERNED: Schema = {
    "child_id": PLAIN[UUID] | {"description": "The child whom it concerns; missing where it concerns none."},
    "link": {
        "type": "string",
        "format": "uri-reference",
        "description": "Where to read of the child, in the service that keeps the record.",
    },
}


def summary(kind: type[Event]) -> str:
    """What the event means, in one sentence."""
    return description(kind).partition(". ")[0].removesuffix(".") + "."


def description(kind: type[Event]) -> str:
    """What the event means, in one paragraph."""
    return " ".join((inspect.cleandoc(kind.__doc__ or "")).split())


def example_envelope(kind: type[Event]) -> dict[str, Any]:
    """The event's example, as it would be told."""
    return envelope(AUTHORITY, kind.example, LEARNT)


def described(kind: type[Event]) -> dict[str, Any]:
    """All that is said of a type of event, besides its schema."""
    return {
        "type": kind.type,
        "summary": summary(kind),
        "description": description(kind),
        "dataschema": schema_name(kind.type),
        "example": example_envelope(kind),
    }


def data_schema(kind: type[Event]) -> Schema:
    """The schema of an event's `data`. Raises TypeError for a field of a kind that no event may have."""
    hints = get_type_hints(kind, include_extras=True)
    own = {name: field_schema(hints[name]) for name in data_fields(kind)}  # type: ignore[arg-type]
    return {
        "title": kind.type,
        "description": description(kind),
        "type": "object",
        "properties": _whom(kind) | own,
        "required": [f"{kind.noun}_id", *(name for name in own if not came_later(hints[name]))],
        "additionalProperties": True,
        "examples": [kind.example.data()],
    }


def envelope_schema(kind: type[Event], data: Schema) -> Schema:
    """The schema of the whole event, CloudEvents 1.0; `data` is the schema of what it carries."""
    told: Schema = {
        "specversion": {"const": "1.0"},
        "id": PLAIN[UUID] | {"description": "The same every time: drop an event whose id you have seen."},
        "source": {
            "type": "string",
            "pattern": "^/duecare/",
            "description": "`/duecare/` and the council's code.",
        },
        "type": {"const": kind.type},
        "subject": {
            "type": "string",
            "pattern": f"^{kind.noun}/",
            "description": f"`{kind.noun}/` and its id.",
        },
        "time": PLAIN[datetime] | {"description": "The instant (UTC) at which Duecare learnt of it."},
        "datacontenttype": {"const": "application/json"},
        "dataschema": {"const": schema_name(kind.type)},
        "data": data,
    }
    return {
        "type": "object",
        "properties": told,
        "required": list(told),
        "additionalProperties": True,
        "examples": [example_envelope(kind)],
    }


def event_schema(kind: type[Event]) -> Schema:
    """The schema that `dataschema` names: of the data. The whole event's is in it, anchored as `envelope`."""
    whole = {"$anchor": "envelope"} | envelope_schema(kind, {"$ref": "#"})
    return (
        {"$schema": DIALECT, "$id": schema_name(kind.type)}
        | data_schema(kind)
        | {"$defs": {"envelope": whole}}
    )


def _whom(kind: type[Event]) -> Schema:
    """The subject, and the child: an example without one is of an event that never concerns a child."""
    words = kind.noun.replace("_", " ")
    subject = {
        f"{kind.noun}_id": PLAIN[UUID] | {"description": f"Duecare's id of the {words} that it happened to."}
    }
    return subject | CONCERNED | subject if kind.example.child_id else subject
