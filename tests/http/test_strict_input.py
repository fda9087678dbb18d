"""Whatever is sent, in any field of any body: it is refused in plain words, repeated to nobody, and not stored."""

import json
import os
import re
from itertools import product
from typing import Any
from zlib import crc32

from tests.http.corpus import BODIES, CANARY, VALUES
from tests.town import Town

# Texts that are what the field asks for, however odd; everything else of the corpus is refused there.
FITTING = {
    "display_name": {"digits as text", "year 1", "year 9999", "no such day", "slashes", "other digits"}
    | {"naive instant", "year 9999 with its offset", "year 1 with its offset"},
    "end_reason": {"digits as text"},
    "officer": {"digits as text", "year 1", "year 9999", "no such day"},
}
for name in ("family", "team", "social_worker"):
    FITTING[name] = FITTING["officer"]
for name in ("restricted", "unregistered", "unregulated", "out_of_area"):
    FITTING[name] = {"true"}
for name in ("intended_to_18", "long_term_foster", "fewer_visits_agreed", "emergency"):
    FITTING[name] = {"true"}
FITTING["distance_miles"] = {"fraction"}
FITTING["seen"] = FITTING["decisions_recorded"] = FITTING["minutes_on_record"] = {"true"}
FITTING["worker"] = FITTING["officer"]
FITTING["source_version"] = {"integer"}
FITTING["my_report_returned"] = {"true"}
FITTING["chair"] = FITTING["officer"]
FITTING["quorate"] = {"true"}
for reference in ("team", "supervisor", "observer", "from_officer", "to_officer"):
    FITTING[reference] = FITTING["officer"]
FITTING["subject"] = FITTING["display_name"]
FITTING["because"] = FITTING["approved_by"] = FITTING["display_name"]
FITTING["seed"], FITTING["whole"] = {"integer"}, {"true"}
FITTING["question"] = FITTING["scope"] = {"digits as text"}
FITTING["auditor"] = FITTING["officer"]
FITTING["because"] = FITTING["title"] = FITTING["approved_by"] = FITTING["display_name"]


async def stored(town: Town) -> list[Any]:
    """How many rows there are of everything a request could have written."""
    tables = (
        "child",
        "care_period",
        "allocation",
        "review",
        "review_decision",
        "midpoint_check",
        "care_planning_meeting",
        "visit",
        "milestone",
        "history_record",
        "reported_fact",
        "exemption",
        "placement",
        "legal_status",
        "child_merge",
        "dip_sample",
        "dip_sample_child",
        "audit",
        "checklist",
        "checklist_version",
        "checklist_answer",
        "survey",
        "strategy_discussion",
        "conference",
        "conference_child",
        "protection_plan",
        "core_group",
        "pre_proceedings",
        "worker",
        "supervision",
        "practice_observation",
        "conflict",
        "fact",
        "outbox_event",
        "idempotency_key",
    )
    counts = [f"(SELECT count(*) FROM {table} WHERE authority_id = :a)" for table in tables]
    return list((await town.rows(f"SELECT {', '.join(counts)}", role=None, a=town.authority))[0])


async def furnished(town: Town) -> None:
    await town.put("/v1/children/C-1001", {})
    await town.put("/v1/care_periods/CP-1001-1", {"child": "C-1001", "started_on": "2026-11-02"})


def writes(town: Town) -> list[tuple[str, str, dict[str, Any], list[str]]]:
    """Every JSON body that reviews_api takes: method, address, its example, and the names of its fields."""
    document = town.apps["reviews"].openapi()
    found = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content:
                name = content["schema"]["$ref"].rpartition("/")[2]
                schema = document["components"]["schemas"][name]
                address = path.replace("{reference}", "NEW-1").replace("{child}", "C-1001")
                found.append((method.upper(), address, schema["example"], list(schema["properties"])))
    return found


def tried(*what: str) -> bool:
    """Whether to send this: a tenth of all that there is, the same in every run, and all of it in the nightly ones."""
    return bool(os.environ.get("DUECARE_NIGHTLY")) or crc32("|".join(what).encode()) % 10 == 0


def assert_refused(answer: Any, what: str) -> None:
    assert 400 <= answer.status_code < 500, (what, answer.status_code, answer.text[:300])
    assert answer.headers["content-type"] == "application/problem+json", what
    problem = answer.json()
    assert {"type", "title", "status", "detail", "errors"} == set(problem)
    assert problem["status"] == answer.status_code
    assert CANARY not in answer.text and CANARY.lower() not in answer.text.lower(), what


async def test_the_document_names_every_body(town):
    assert len(writes(town)) >= 7


async def test_a_value_that_cannot_be_is_refused_in_every_field(town):
    await furnished(town)
    before = await stored(town)
    for method, path, example, fields in writes(town):
        for field, kind in product(fields, VALUES):
            if kind not in FITTING.get(field, ()) and tried(path, field, kind):
                body = with_value(example, field, VALUES[kind])
                answer = await town.ask("reviews", method, path, body, content_type="application/json")
                assert_refused(answer, f"{path} {field} {kind}")
        assert await stored(town) == before, path


def with_value(example: dict[str, Any], field: str, value: str) -> str:
    """The example as JSON text, with `value` as it stands in one field."""
    others = [f'"{name}": {json.dumps(good)}' for name, good in example.items() if name != field]
    return "{" + ", ".join([*others, f'"{field}": {value}']) + "}"


async def test_a_body_that_cannot_be_is_refused_everywhere(town):
    before = await stored(town)
    for method, path, _, _ in writes(town):
        for kind, body in BODIES.items():
            if not tried(path, kind):
                continue
            answer = await town.ask("reviews", method, path, body, content_type="application/json")
            assert_refused(answer, f"{path} {kind}")
        assert await stored(town) == before, path


async def test_a_field_that_is_ours_to_set_is_refused(town):
    ours = (
        "id",
        "authority_id",
        "version",
        "reference",
        "child_id",
        "care_period_id",
        "status",
        "source",
        "recorded_at",
    )
    for method, path, example, fields in writes(town):
        for field in set(ours) - set(fields):
            answer = await town.ask("reviews", method, path, example | {field: CANARY})
            assert_refused(answer, f"{path} {field}")
            assert answer.json()["errors"] == [
                {
                    "pointer": f"/{field}",
                    "code": "extra_forbidden",
                    "message": "This field is not known here.",
                }
            ]


OTHER_TYPES = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "json")


async def test_only_json_is_taken_for_a_body(town):
    for kind in OTHER_TYPES:
        answer = await town.ask("reviews", "PUT", "/v1/children/C-1", b"{}", content_type=kind)
        assert_refused(answer, kind)
        assert answer.status_code == 415
    assert await town.rows("SELECT 1 FROM child") == []


NO_REFERENCES = [
    "%00",
    "C%001",
    "a%2Fb",
    "..%2F..%2Fetc",
    "%F0%9F%91%B6",
    "%ED%A0%80",
    "%FF",
    "C-1%0A",
    "%20",
    "-x",
    "%E2%80%AE",
    "C-1;x=1",
    "C-1%3Fx",
    "'%20OR%20'1'='1",
    "{reference}",
    "%25s",
]


PARAMETER = re.compile(r"\{[a-z]+\}")


async def test_an_address_that_cannot_be_is_refused_everywhere(town):
    routes = [route for route in town.apps["reviews"].state.door.access if "{" in route]
    for reference, route in product([*NO_REFERENCES, "C 1", "x" * 5000], routes):
        method, path = route.split()
        if not tried(path, reference):
            continue
        address = PARAMETER.sub(reference, path)
        answer = await town.ask("reviews", method, address, None if method == "GET" else {"because": "x"})
        assert_refused(answer, address)
        assert "x" * 65 not in answer.text
    assert await town.rows("SELECT 1 FROM child") == []


async def test_a_parameter_that_nobody_knows_is_refused_by_every_service_and_not_repeated(town):
    for service, address in (
        ("reviews", "/v1/due?teams=CanaryQ8"),
        ("reviews", "/v1/children/C-1?CanaryQ8=1"),
        ("escalation", "/v1/escalations?limit=1&CanaryQ8="),
        ("scheduler", "/v1/events?teams=CanaryQ8"),
        ("scheduler", "/v1/events/stream?CanaryQ8=1"),
    ):
        answer = await town.ask(service, "GET", address)
        told = answer.json()
        assert (answer.status_code, told["type"]) == (422, "urn:duecare:problem:unknown_parameter"), address
        assert "CanaryQ8" not in answer.text and "Canary" not in answer.text
    assert "team" in told["detail"]


async def test_a_parameter_given_twice_is_refused_by_every_service(town):
    for service, address in (
        ("reviews", "/v1/due?days=1&days=2"),
        ("escalation", "/v1/escalations?limit=1&limit=2"),
        ("scheduler", "/v1/events?after=0&after=1"),
    ):
        answer = await town.ask(service, "GET", address)
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:duecare:problem:parameter_twice")
