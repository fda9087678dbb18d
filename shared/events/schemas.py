"""JSON Schemas (2020-12) of the events, made from their classes.

They say what is, and close nothing that may grow: fields and codes may be added, and whoever reads an event ignores
those that they do not know.
"""

import inspect
from collections.abc import Iterator
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from shared.codes.lists import code_list
from shared.events.envelope import envelope, schema_name
from shared.events.language import Event, data_fields
from shared.events.words import Code, Id, Reference, Said

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OTHERS = "Other codes may come."
CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$"
REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,63}$"
AUTHORITY, LEARNT = "E08000014", datetime.fromisoformat("2026-11-21T00:00:00.120000+00:00")  # of examples
PLAIN: dict[Any, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}
CONCERNED: Schema = {
    "child_id": PLAIN[UUID] | {"description": "The child whom it concerns; missing where it concerns none."},
    "link": {
        "type": "string",
        "format": "uri-reference",
        "description": "Where to read of the child, in the service that keeps the record.",
    },
}
UNITS: dict[Any, str] = {date: "A date in London.", datetime: "An instant, in UTC."}


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


def field_schema(hint: Any) -> Schema:
    """The schema of one field, with what is said of it."""
    hint, said = _unwrapped(hint)
    choices = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    found = [_of_one(each, said) for each in choices if each is not NoneType]
    assert len(found) == 1, hint
    schema = found[0]
    return _or_nothing(schema) if NoneType in choices else schema


def _unwrapped(hint: Any) -> tuple[Any, Said | None]:
    if get_origin(hint) is Annotated:
        return get_args(hint)[0], next(each for each in get_args(hint)[1:] if isinstance(each, Said))
    return hint, None


def _of_one(hint: Any, outer: Said | None) -> Schema:
    kind, inner = _unwrapped(hint)
    said = inner or outer
    if get_origin(kind) is list:
        [each] = get_args(kind)
        shape: Schema = {"type": "array", "items": field_schema(each)}
    else:
        shape = dict(PLAIN[kind]) if kind in PLAIN else _of_text(kind, said)
    words = " ".join(_words(kind, said))
    return shape | {"description": words} if words else shape


def _of_text(kind: Any, said: Said | None) -> Schema:
    match said:
        case Code() if kind is str:
            text = {"type": "string", "pattern": CODE}
            known = known_codes(said)
            return {"anyOf": [{"enum": known}, text]} if known else text
        case Reference() if kind is str:
            return {"type": "string", "pattern": REFERENCE}
        case Id() if kind is str:
            return dict(PLAIN[UUID])
    raise TypeError(f"no field of an event may be {kind}: say which code, reference or id it is")


def came_later(hint: Any) -> bool:
    """Whether a field was added after the first of its events was stored."""
    said = _unwrapped(hint)[1]
    return said is not None and said.later


def known_codes(said: Said | None) -> list[str]:
    """The codes that are known today; none where they are listed elsewhere, or it is no code."""
    if not isinstance(said, Code):
        return []
    return [each.code for each in code_list(said.listed).codes] if said.listed else list(said.known)


def _words(kind: Any, said: Said | None) -> Iterator[str]:
    if said:
        yield said.meaning
    if kind in UNITS:
        yield UNITS[kind]
    if isinstance(said, Code) and known_codes(said):
        yield OTHERS


def _or_nothing(schema: Schema) -> Schema:
    if "anyOf" in schema:
        return schema | {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    return schema | {"type": [schema["type"], "null"]}


def _whom(kind: type[Event]) -> Schema:
    """The subject, and the child: an example without one is of an event that never concerns a child."""
    words = kind.noun.replace("_", " ")
    subject = {
        f"{kind.noun}_id": PLAIN[UUID] | {"description": f"Duecare's id of the {words} that it happened to."}
    }
    return subject | CONCERNED | subject if kind.example.child_id else subject
