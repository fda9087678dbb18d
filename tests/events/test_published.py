"""Events are only ever added to: what was published once is still an event of today."""

import json
from dataclasses import dataclass
from typing import Annotated, ClassVar

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_http_event

from shared.events.catalogue import EVENTS
from shared.events.fields import PLAIN
from shared.events.language import RecordEvent, example
from shared.events.schemas import data_schema, event_schema
from shared.events.words import Said
from tests.events.checking import errors
from tests.events.published_samples import samples

PUBLISHED = samples()
JSON_TYPES = {bool: "boolean", int: "integer", str: "string", list: "array", type(None): "null"}


def may_be(field):
    """The JSON types that a field may have."""
    kinds = [each.get("type", []) for each in field.get("anyOf", [field])]
    return {name for kind in kinds for name in ([kind] if isinstance(kind, str) else kind)}


def test_no_type_of_event_was_taken_away_and_every_new_one_has_its_sample_stored():
    assert PUBLISHED.keys() - EVENTS.keys() == set(), "published once, and heard by somebody: it has to stay"
    assert EVENTS.keys() - PUBLISHED.keys() == set(), "run python -m tests.events.published_samples"


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_was_published_once_is_still_an_event_with_the_same_fields(name):
    stored, schema = PUBLISHED[name], event_schema(EVENTS[name])
    assert (stored["type"], stored["dataschema"]) == (name, schema["$id"])
    assert errors(stored) == []
    for field, value in stored["data"].items():
        assert field in schema["properties"], f"{name}: {field} was taken away"
        assert JSON_TYPES[type(value)] in may_be(schema["properties"][field]), (
            f"{name}: {field} is another type"
        )


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_was_published_is_a_cloud_event_to_the_library_that_others_use(name):
    body = json.dumps(PUBLISHED[name]).encode()
    event = from_http_event(HTTPMessage({"content-type": "application/cloudevents+json"}, body))
    assert (event.get_specversion(), event.get_type(), event.get_id()) == ("1.0", name, PUBLISHED[name]["id"])
    assert event.get_data() == PUBLISHED[name]["data"]
    assert event.get_dataschema() == f"urn:duecare:event:{name}:1"


def test_a_field_that_came_later_is_not_asked_of_the_events_from_before():
    @example(seen=True, siblings=2)
    @dataclass(frozen=True, slots=True)
    class Seen(RecordEvent):
        """A made-up event that was given a second field."""

        type: ClassVar[str] = "child.seen"
        noun: ClassVar[str] = "visit"
        seen: bool
        siblings: Annotated[int, Said("How many siblings were seen.", later=True)]

    schema = data_schema(Seen)
    assert (schema["required"], schema["properties"]["siblings"]["type"]) == (["visit_id", "seen"], "integer")
    assert PLAIN[bool] == schema["properties"]["seen"]
