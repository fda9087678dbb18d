"""The document that every service publishes of itself."""

import re

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.http.fields import Line, Text
from tests.auth.pivot import LINKED

SERVICES = ("reviews", "escalation", "scheduler")
PERSONAL = ("name", "birth", "dob", "nhs", "postcode", "address", "email", "phone", "gender", "ethnic")


def operations(town, service):
    document = town.apps[service].openapi()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


@pytest.mark.parametrize("service", SERVICES)
async def test_every_operation_says_what_it_is_for_and_how_it_may_fail(town, service):
    assert town.apps[service].openapi()["openapi"].startswith("3.1")
    for path, method, operation in operations(town, service):
        assert operation["summary"] and operation["description"] and operation["tags"], path
        if not path.startswith("/v1"):
            continue
        failures = {status for status in operation["responses"] if status >= "400"}
        linked = f"{method.upper()} {path}" in LINKED[service]
        assert failures >= ({"503"} if linked else {"401", "403", "503"}), path
        assert method == "get" or failures >= {"408", "413", "415", "422"}, (method, path)
        assert "{" not in path or "404" in failures, (method, path)
        assert linked or "422" in failures, (method, path)
        assert operation.get("security") == (None if linked else [{"bearer": []}])
        for status in failures:
            content = operation["responses"][status]["content"]
            assert content == {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            }, path


@pytest.mark.parametrize("service", SERVICES)
async def test_every_body_has_an_example_and_refuses_what_it_does_not_know(town, service):
    schemas = town.apps[service].openapi()["components"]["schemas"]
    for path, _, operation in operations(town, service):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            continue
        choices = content["schema"].get("anyOf", [content["schema"]])
        for choice in choices:
            if "$ref" not in choice:
                continue
            schema = schemas[choice["$ref"].rpartition("/")[2]]
            assert schema["additionalProperties"] is False, path
            fields = schema["properties"].values()
            assert "example" in schema or any("examples" in field for field in fields), path


@pytest.mark.parametrize("service", SERVICES)
async def test_nothing_personal_stands_in_an_address(town, service):
    for path, _, operation in operations(town, service):
        names = [each["name"] for each in operation.get("parameters", []) if each["in"] in ("query", "path")]
        assert not [name for name in names if any(word in name.lower() for word in PERSONAL)], path


@pytest.mark.parametrize("service", SERVICES)
async def test_the_document_is_served_as_it_is_built(town, service):
    assert (await town.ask(service, "GET", "/openapi.json")).json() == town.apps[service].openapi()


def takes(adapter, text):
    try:
        return adapter.validate_python(text) == text
    except ValidationError:
        return False


@pytest.mark.parametrize("kind", [Line, Text])
def test_what_a_text_may_hold_is_what_the_document_says(kind):
    adapter = TypeAdapter(kind)
    pattern = re.compile(adapter.json_schema()["pattern"])
    characters = [chr(number) for number in range(0x10000) if not 0xD800 <= number <= 0xDFFF]
    said = [one for one in characters if pattern.fullmatch(f"a{one}b")]
    assert said == [one for one in characters if takes(adapter, f"a{one}b")]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_key_is_described_as_it_is_taken(town, service):
    keyed = [
        each
        for _, _, operation in operations(town, service)
        for each in operation.get("parameters", ())
        if each["name"] == "Idempotency-Key"
    ]
    assert keyed
    pattern = re.compile(keyed[0]["schema"]["pattern"])
    assert pattern.fullmatch("k" * 200) and not any(map(pattern.fullmatch, ("", "a b", "é", "k" * 201)))
