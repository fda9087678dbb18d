"""The AsyncAPI 3 document: every event, and the four ways in which it is told."""

import json
from functools import cache
from typing import Any

from shared.events.catalogue import EVENTS
from shared.events.language import Event
from shared.events.schemas import (
    AUTHORITY,
    data_schema,
    description,
    envelope_schema,
    example_envelope,
    summary,
)

Part = dict[str, Any]

PROMISE = "every event at least once, with the same id every time; consumers drop ids they have seen"
INFO: Part = {
    "title": "Duecare's events",
    "version": "1",
    "description": f"The delivery promise: {PROMISE}. Types, fields and codes may be added, and nothing is ever taken "
    "away: ignore what you do not know. No event holds a name, a date of birth or free text.",
}
SERVERS: Part = {
    "scheduler": {
        "host": "{host}",
        "protocol": "https",
        "description": "The council's scheduler.",
        "variables": {"host": {"description": "Where it is installed.", "examples": ["duecare.example"]}},
    },
    "nats": {
        "host": "{host}",
        "protocol": "nats",
        "description": "The council's NATS server, with JetStream, where there is one.",
        "variables": {"host": {"description": "Where it is installed.", "examples": ["nats.example:4222"]}},
    },
}
BEARER: Part = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "An access token from the council's identity provider.",
}
BY_HTTP: Part = {
    "security": [{"$ref": "#/components/securitySchemes/bearer"}],
    "bindings": {
        "http": {
            "method": "GET",
            "query": {"type": "object", "description": "As the scheduler's /openapi.json has it."},
        }
    },
}
PARAMETERS: Part = {
    "authority": {"description": "The council's code.", "examples": [AUTHORITY]},
    "type": {"description": "The event's type, a dot in it included.", "examples": ["deadline.breached"]},
}
PAGE: Part = {
    "type": "object",
    "description": "The events after a position, in order. Ask again with `after` = `next`.",
    "properties": {
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "position": {"type": "integer"},
                    "event": {"type": "object", "description": "An event: one of the other messages."},
                },
                "required": ["position", "event"],
            },
        },
        "next": {"type": "integer", "description": "The position to ask after next time."},
        "head": {"type": "integer", "description": "The last position given out so far."},
    },
    "required": ["events", "next", "head"],
}


@cache
def asyncapi_text() -> str:
    """The document as JSON text, the same for every council."""
    return json.dumps(asyncapi(), indent=1, ensure_ascii=False) + "\n"


def asyncapi() -> Part:
    """The document."""
    channels = _channels()
    return {
        "asyncapi": "3.0.0",
        "info": INFO,
        "defaultContentType": "application/cloudevents+json",
        "servers": SERVERS,
        "channels": channels,
        "operations": {f"tell_{name}": _operation(name, channels[name]) for name in channels},
        "components": {
            "messages": {"page": _page()} | {each.type: _message(each) for each in EVENTS.values()},
            "schemas": {each.type: _payload(each) for each in EVENTS.values()},
            "securitySchemes": {"bearer": BEARER},
        },
    }


def _channels() -> Part:
    page = {"page": {"$ref": "#/components/messages/page"}}
    events = {one: {"$ref": f"#/components/messages/{one}"} for one in EVENTS}
    return {
        "feed": _channel(
            "/v1/events",
            "Pull feed",
            "`GET /v1/events?after=POSITION` answers the events after a position, in order, without gaps; it is the "
            "record, and can be read again from 0.",
            page,
            "scheduler",
        ),
        "stream": _channel(
            "/v1/events/stream",
            "Server-sent events",
            "`id` is the event's position, `event` its type, `data` the event. A broken stream goes on after "
            "`Last-Event-ID`.",
            events,
            "scheduler",
        ),
        "webhooks": _channel(
            None,
            "Webhooks",
            "Each event is POSTed to the address of every subscription that asked for it, signed as Standard Webhooks "
            "has it: the headers `webhook-id` (the event's id), `webhook-timestamp` and `webhook-signature`. Any "
            "answer but a 2xx is tried again.",
            events,
        ),
        "nats": _channel(
            "duecare.{authority}.{type}",
            "NATS JetStream",
            "A mirror of the feed, which stays the record: what the mirror lacks can be read there.",
            events,
            "nats",
        )
        | {"parameters": PARAMETERS},
    }


def _channel(address: str | None, title: str, words: str, messages: Part, *servers: str) -> Part:
    where: Part = {"servers": [{"$ref": f"#/servers/{each}"} for each in servers]} if servers else {}
    return {"address": address, "title": title, "description": words, "messages": messages} | where


def _operation(name: str, channel: Part) -> Part:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{name}"},
        "summary": f"Duecare tells of events: {channel['title']}",
    } | (BY_HTTP if name in ("feed", "stream") else {})


def _message(kind: type[Event]) -> Part:
    return {
        "name": kind.type,
        "title": kind.type,
        "summary": summary(kind),
        "description": description(kind),
        "payload": {"$ref": f"#/components/schemas/{kind.type}"},
        "examples": [{"name": "example", "payload": example_envelope(kind)}],
    }


def _payload(kind: type[Event]) -> Part:
    """The schema of the whole event; its example is the message's."""
    data = data_schema(kind) | {"title": f"Data of {kind.type}"}
    whole = envelope_schema(kind, data)
    del data["examples"], whole["examples"]
    return whole


def _page() -> Part:
    event = example_envelope(EVENTS["deadline.breached"])
    return {
        "name": "page",
        "title": "A page of the feed",
        "contentType": "application/json",
        "payload": PAGE,
        "examples": [
            {
                "name": "example",
                "payload": {"events": [{"position": 42, "event": event}], "next": 42, "head": 42},
            }
        ],
    }
