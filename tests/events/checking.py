"""Checks events against their schemas, by a library that this project did not write."""

from functools import cache
from typing import Any

from jsonschema_rs import Registry, Validator, validator_for

from shared.events.catalogue import EVENTS
from shared.events.schemas import event_schema


@cache
def checked(type: str) -> Validator:
    """What checks whole events of a type."""
    schema = event_schema(EVENTS[type])
    known = Registry([(schema["$id"], schema)])
    return validator_for({"$ref": f"{schema['$id']}#envelope"}, registry=known, validate_formats=True)


def errors(event: dict[str, Any]) -> list[str]:
    """What a whole event has against the schema of its type: nothing, if it is as it should be."""
    return [f"{error.instance_path}: {error.message}" for error in checked(event["type"]).iter_errors(event)]
