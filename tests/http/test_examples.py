"""Every operation shows what may be sent to it and what it answers, and both are as its own schemas have it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.routing import APIRoute
from jsonschema_rs import validator_for
from pydantic import TypeAdapter

from shared.auth.principal import Role
from shared.http.examples import JSON, sent
from shared.timescales.london import london_date
from tests.events.checking import errors
from tests.schemas.council import REFERENCES, Council
from tests.schemas.roles import ACCESS

SERVICES = ("reviews", "escalation", "scheduler")


def operations(town: Any, service: str) -> Iterator[tuple[str, APIRoute, dict[str, Any]]]:
    """Each documented route that has a body or an answer in JSON, and its operation in the document."""
    document = town.apps[service].openapi()
    for route in routes(town.apps[service].routes):
        for method in route.methods:
            yield f"{method} {route.path_format}", route, document["paths"][route.path_format][method.lower()]


def routes(found: Any) -> Iterator[APIRoute]:
    for route in found:
        if isinstance(route, APIRoute) and route.include_in_schema:
            yield route
        elif hasattr(route, "original_router"):
            yield from routes(route.original_router.routes)


@pytest.mark.parametrize("service", SERVICES)
async def test_every_document_is_looked_through_whole(town, service):
    paths = town.apps[service].openapi()["paths"]
    documented = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert {name for name, _, _ in operations(town, service)} == documented


def shown(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What an operation is sent and what it answers where it succeeds, each by its media type."""
    yield from operation.get("requestBody", {}).get("content", {}).items()
    for status, response in operation["responses"].items():
        if status < "300":
            assert "content" in response or status == "204", operation["summary"]
            yield from response.get("content", {}).items()


@pytest.mark.parametrize("service", SERVICES)
async def test_every_operation_has_examples_that_its_own_schemas_take(town, service):
    document = town.apps[service].openapi()
    for name, _, operation in operations(town, service):
        for kind, content in shown(operation):
            assert content["example"], (name, kind)
            schema = content["schema"] | {"components": document["components"]}
            checked = validator_for(schema, validate_formats=True)
            assert not [str(error) for error in checked.iter_errors(content["example"])], (name, kind)


@pytest.mark.parametrize("service", SERVICES)
async def test_every_body_has_an_example_that_the_operation_would_take(town, service):
    document = town.apps[service].openapi()
    for _, route, operation in operations(town, service):
        if JSON in operation.get("requestBody", {}).get("content", {}):
            example = json.dumps(sent(document, operation))
            TypeAdapter(route.body_field.field_info.annotation).validate_json(example)


@pytest.mark.parametrize("service", SERVICES)
async def test_every_answer_of_success_has_an_example_that_the_operation_could_give(town, service):
    for name, route, operation in operations(town, service):
        for status, response in operation["responses"].items():
            if status < "300" and JSON in response.get("content", {}):
                example = response["content"][JSON]["example"]
                assert example, name
                model = route.responses.get(int(status), {}).get("model") or route.response_model
                TypeAdapter(model).validate_json(json.dumps(example))


async def test_a_record_is_shown_as_it_was_sent(town):
    paths = town.apps["reviews"].openapi()["paths"]
    asked = paths["/v1/midpoint_checks/{reference}"]["get"]["responses"]["200"]["content"][JSON]["example"]
    assert (asked["officer"], asked["finding"], asked["withdrawn_at"]) == ("iro-3", "drift", None)
    listed = paths["/v1/audits"]["get"]["responses"]["200"]["content"][JSON]["example"]
    assert listed["items"][0]["grade"] == "requires_improvement"


@dataclass
class Asking:
    """The town, asked as the demonstration asks its services."""

    town: Any

    async def ask(self, role: Role, method: str, service: str, path: str, body: Any = None) -> Any:
        token = self.town.token(role, f"{role}-1")
        answer = await self.town.ask(
            service.removesuffix("_api"), method, path, body, authorization=f"Bearer {token}"
        )
        assert answer.is_success, (path, answer.text)
        return answer.json()


async def test_a_council_can_be_told_by_nothing_but_the_examples(town):
    documents = {service: town.apps[service.removesuffix("_api")].openapi() for service in ACCESS}
    await Council(Asking(town), documents, london_date(town.clock.now())).settle()
    children = (await town.ask("reviews", "GET", "/v1/children")).json()["items"]
    assert len(children) == len(REFERENCES)
    told = [event for (event,) in await town.rows("SELECT envelope FROM outbox_event")]
    assert told and [(event, errors(event)) for event in told if errors(event)] == []
