"""The documents made of the catalogue: the page for people, AsyncAPI for machines, and what the scheduler serves."""

import json
from pathlib import Path

import httpx
import pytest
from jsonschema_rs import Draft7Validator
from pydantic_asyncapi import AsyncAPIV3
from typer.testing import CliRunner

from services.cli.events.command import events
from services.cli.events.page import events_page
from services.scheduler.event_types.asyncapi import asyncapi, asyncapi_text
from shared.events.catalogue import EVENTS
from tests.events.checking import errors

PROMISE = "every event at least once, with the same id every time; consumers drop ids they have seen"
DOCS = Path("docs")


def test_the_pages_in_the_repository_are_those_that_the_classes_make():
    assert (DOCS / "events.md").read_text(encoding="utf-8") == events_page(), "make docs"
    assert (DOCS / "asyncapi.json").read_text(encoding="utf-8") == asyncapi_text(), "make docs"


def test_both_say_the_delivery_promise_in_these_words():
    assert PROMISE in events_page() and PROMISE in asyncapi()["info"]["description"]


def test_the_page_tells_of_every_event():
    page = events_page()
    assert [name for name in EVENTS if f"\n### {name}\n" not in page] == []


def test_the_document_is_asyncapi_3_to_the_library_that_others_use():
    read = AsyncAPIV3.model_validate(json.loads(asyncapi_text()))
    assert read.asyncapi == "3.0.0"
    assert set(read.channels) == {"feed", "stream", "webhooks", "nats"}
    assert {operation.action for operation in read.operations.values()} == {"send"}
    assert set(read.components.messages) == {"page", *EVENTS}


def test_every_way_to_hear_tells_of_every_event_but_the_feed_which_tells_in_pages():
    document = asyncapi()
    for name, channel in document["channels"].items():
        assert set(channel["messages"]) == ({"page"} if name == "feed" else set(EVENTS))
        for message in channel["messages"].values():
            assert looked_up(document, message)["payload"]
    assert document["channels"]["nats"]["address"] == "duecare.{authority}.{type}"


def test_the_example_of_every_message_is_what_its_payload_may_be():
    document = json.loads(asyncapi_text())
    for name in EVENTS:
        message = document["components"]["messages"][name]
        [example] = message["examples"]
        payload = Draft7Validator(looked_up(document, message["payload"]), validate_formats=True)
        assert payload.is_valid(example["payload"]), name
        assert not payload.is_valid(example["payload"] | {"specversion": "0.3"}), name


def looked_up(document, pointed):
    for part in pointed["$ref"].removeprefix("#/").split("/"):
        document = document[part]
    return document


def test_they_can_be_written_to_files_or_shown(tmp_path):
    written = CliRunner().invoke
    app = typer_app()
    assert written(app, ["--out", str(tmp_path / "a.json"), "--page", str(tmp_path / "p.md")]).stdout == ""
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == asyncapi_text() == written(app, []).stdout
    assert (tmp_path / "p.md").read_text(encoding="utf-8") == events_page()


def typer_app():
    import typer

    app = typer.Typer()
    app.command()(events)
    return app


async def test_what_is_told_can_be_looked_up(town):
    listed = (await town.ask("scheduler", "GET", "/v1/event_types")).json()["event_types"]
    assert [each["type"] for each in listed] == list(EVENTS)
    [breached] = [each for each in listed if each["type"] == "deadline.breached"]
    assert breached["summary"] == "The date passed with the promise unkept."
    assert errors(breached["example"]) == []


async def test_the_name_that_an_event_bears_is_that_of_the_schema_which_is_served(town):
    listed = (await town.ask("scheduler", "GET", "/v1/event_types")).json()["event_types"]
    for each in listed:
        served = await town.ask("scheduler", "GET", f"/v1/event_types/{each['type']}")
        assert served.headers["content-type"] == "application/schema+json"
        assert served.json()["$id"] == each["dataschema"] == each["example"]["dataschema"]


@pytest.mark.parametrize("unknown", ["deadline.forgotten", "x" * 300, "%00", "Deadline.Breached"])
async def test_there_is_no_schema_of_what_is_never_told(town, unknown):
    assert (await town.ask("scheduler", "GET", f"/v1/event_types/{unknown}")).status_code == 404


async def test_the_document_is_open_like_that_of_the_routes(town):
    transport = httpx.ASGITransport(town.apps["scheduler"])
    async with httpx.AsyncClient(transport=transport, base_url="http://duecare.test") as anybody:
        answer = await anybody.get("/asyncapi.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.text == asyncapi_text()
