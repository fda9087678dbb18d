"""What every answer looks like, whichever it is."""

import json
import logging
import re

import pytest
from fastapi import APIRouter
from prometheus_client import REGISTRY

from services.cli.logs import JsonLines
from shared.auth.principal import Role
from shared.http.door import Door
from shared.http.routes import AtDoor, TransactionalRoute
from shared.http.service import make_service

CANARY = "Zq7Canary9xK"
SERVICES = ("reviews", "escalation", "scheduler")
SAFE = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=31536000",
    "referrer-policy": "no-referrer",
}


def broken_service(door: Door):
    """A service with one route that fails in a way nobody expected, saying what it was sent."""
    router = APIRouter(route_class=TransactionalRoute)

    @router.put("/v1/broken/{reference}", summary="Breaks")
    async def put(reference: str, door: AtDoor) -> None:
        """Breaks."""
        raise RuntimeError(f"{reference} {CANARY}")

    access = {"PUT /v1/broken/{reference}": frozenset(Role)}
    return make_service(
        "broken", "Breaks.", Door(door.engine, door.clock, door.law, door.tokens, access), [router]
    )


@pytest.fixture
def wide_town(town):
    """The town, and in it a service that breaks."""
    town.apps["broken"] = broken_service(town.apps["reviews"].state.door)
    return town


async def answers(town):
    """One answer of each kind: 200, 201, 401, 403, 404, 405, 413, 415, 422, 500 and open pages."""
    yield await town.ask("reviews", "PUT", "/v1/children/C-1", {})
    yield await town.ask("reviews", "GET", "/v1/children/C-1")
    yield await town.ask("reviews", "GET", "/v1/children/C-1", authorization="")
    yield await town.ask("reviews", "GET", "/v1/children/C-1", role=Role.ANALYST)
    yield await town.ask("reviews", "GET", "/v1/children/C-2")
    yield await town.ask("reviews", "GET", "/nowhere")
    yield await town.ask("reviews", "DELETE", "/v1/children/C-1")
    yield await town.ask("reviews", "PUT", "/v1/children/C-1", b" " * 2_000_000)
    yield await town.ask("reviews", "PUT", "/v1/children/C-1", b"x", content_type="text/plain")
    yield await town.ask("reviews", "PUT", "/v1/children/C-1", {"x": 1})
    yield await town.ask("broken", "PUT", f"/v1/broken/{CANARY}", {"x": CANARY})
    for path in ("/livez", "/readyz", "/metrics", "/openapi.json"):
        yield await town.ask("reviews", "GET", path)


async def test_every_answer_carries_the_safe_headers_and_a_request_id(wide_town):
    seen = set()
    async for answer in answers(wide_town):
        seen.add(answer.status_code)
        assert {name: answer.headers.get(name) for name in SAFE} == SAFE, answer.status_code
        assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])
        assert not any(name.startswith("access-control-") or name == "server" for name in answer.headers)
        if answer.status_code >= 400:
            problem = answer.json()
            assert answer.headers["content-type"] == "application/problem+json"
            assert list(problem) == ["type", "title", "status", "detail", "errors"]
            assert problem["type"].startswith("urn:duecare:problem:")
            assert problem["status"] == answer.status_code
            assert CANARY not in answer.text
    assert seen == {200, 201, 401, 403, 404, 405, 413, 415, 422, 500}


async def test_an_address_with_a_slash_too_many_is_not_redirected(town):
    answer = await town.ask("reviews", "GET", "/v1/children/C-1/", host="evil.example")
    assert answer.status_code == 404 and "location" not in answer.headers


TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


TRACES = [
    (TRACE, True),
    (TRACE.upper(), False),
    (TRACE + "-x", False),
    ("00-" + "0" * 32 + "-00f067aa0ba902b7-01", False),
    ("00-4bf92f3577b34da6a3ce929d0e0e4736-" + "0" * 16 + "-01", False),
    (CANARY, False),
]


async def test_a_traceparent_is_echoed_only_when_it_is_one(town):
    for sent, echoed in TRACES:
        answer = await town.ask("reviews", "GET", "/livez", traceparent=sent)
        assert answer.headers.get("traceparent") == (sent if echoed else None)


REQUEST_IDS = [("lcs-2026.11_7", True), ("x" * 65, False), ("a b", False), (b"\xff", False)]


async def test_a_request_id_is_echoed_only_when_it_is_one(town):
    for sent, echoed in REQUEST_IDS:
        answer = await town.ask("reviews", "GET", "/livez", x_request_id=sent)
        assert (answer.headers["x-request-id"] == sent) == echoed


async def test_the_log_has_one_line_of_json_per_request_and_nobody_s_reference(wide_town, caplog):
    caplog.set_level(logging.DEBUG)
    town = wide_town
    await town.ask("reviews", "PUT", f"/v1/children/{CANARY}", {"display_name": CANARY})
    await town.ask("reviews", "GET", f"/v1/reviews?child={CANARY}", user_agent=CANARY)
    await town.ask("reviews", "PUT", f"/v1/children/{CANARY}", {CANARY: CANARY}, x_request_id=f"{CANARY} x")
    await town.ask(
        "reviews", "POST", f"/v1/reviews/{CANARY}/hold", {"held_on": CANARY}, idempotency_key=CANARY
    )
    await town.ask("broken", "PUT", f"/v1/broken/{CANARY}", {})
    await town.ask("reviews", CANARY, f"/{CANARY}")
    lines = [JsonLines().format(record) for record in caplog.records if record.name.startswith("duecare")]
    assert len([line for line in lines if json.loads(line).get("logger") == "duecare.access"]) == 6
    assert not [line for line in lines if "\n" in line]
    everything = "\n".join(
        JsonLines().format(record) for record in caplog.records if not record.name.startswith("httpx")
    )
    assert CANARY not in everything
    failed = next(json.loads(line) for line in lines if "RuntimeError" in line)
    assert any("test_answers.py" in place for place in failed["where"])


async def test_the_metrics_name_no_record_and_their_labels_are_bounded(wide_town):
    town = wide_town
    for n in range(20):
        await town.ask("reviews", "GET", f"/v1/children/{CANARY}-{n}")
        await town.ask("reviews", "GET", f"/{CANARY}-{n}")
        await town.ask("reviews", f"{CANARY}{n}".upper(), "/v1/children/C-1")
    text = (await town.ask("reviews", "GET", "/metrics")).text
    assert CANARY not in text and CANARY.upper() not in text and town.authority not in text
    assert 'route="/v1/children/{reference}",service="reviews_api",status="404"' in text
    for metric in REGISTRY.collect():
        if metric.name.startswith("duecare_http"):
            assert {sample.labels["method"] for sample in metric.samples} <= {
                "GET",
                "PUT",
                "POST",
                "DELETE",
                "PATCH",
                "OPTIONS",
                "HEAD",
                "other",
            }
            routes = {sample.labels["route"] for sample in metric.samples}
            assert all("{" in route or CANARY not in route for route in routes)
            assert len(routes) <= sum(len(app.openapi()["paths"]) for app in town.apps.values()) + 1


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("page", ["/docs", "/redoc"])
async def test_the_documentation_loads_nothing_from_elsewhere(town, service, page):
    html = (await town.ask(service, "GET", page)).text
    assets = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert assets and not [asset for asset in assets if "//" in asset]
    for asset in assets:
        assert (await town.ask(service, "GET", asset)).status_code == 200
