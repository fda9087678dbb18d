"""Checks events against their schemas, by a library that this project did not write."""

from typing import Any

from jsonschema_rs import Registry, validator_for

from shared.events.schemas import event_schema


def errors(kind: Any, event: dict[str, Any]) -> list[str]:
    """What a whole event has against its schema: nothing, if it is as it should be."""
    schema = event_schema(kind)
    known = Registry([(schema["$id"], schema)])
    checked = validator_for({"$ref": f"{schema['$id']}#envelope"}, registry=known, validate_formats=True)
    return [f"{error.instance_path}: {error.message}" for error in checked.iter_errors(event)]
