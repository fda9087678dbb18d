"""JSON Schemas of the fields of events: an id, a date, a number, or a text that is a code or a reference."""

from collections.abc import Iterator
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

from shared.codes.lists import code_list
from shared.events.words import Code, Id, Reference, Said

Schema = dict[str, Any]

CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$"
REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,63}$"
PLAIN: dict[Any, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}
UNITS: dict[Any, str] = {date: "A date in London.", datetime: "An instant, in UTC."}
OTHERS = "Other codes may come."


def field_schema(hint: Any) -> Schema:
    """The schema of one field, with what is said of it. Raises TypeError for a kind that no event may have."""
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
