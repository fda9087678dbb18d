"""Which role may use which route, against a table that is kept by hand."""

from itertools import product

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from shared.auth.principal import Role
from shared.http.routes import GuardedRoute, LinkedRoute, TransactionalRoute
from shared.http.service import make_service
from tests.auth.knocking import knock
from tests.auth.pivot import LINKED, ROLES, rows

SERVICES = ("reviews", "escalation", "scheduler")
HEALTH = {"GET /livez", "GET /readyz", "GET /metrics"}


def served(app) -> set[str]:
    """Every "METHOD /path" that a service documents."""
    paths = app.openapi()["paths"]
    return {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}


def test_the_table_has_a_column_for_every_role():
    assert set(ROLES) == {role.value for role in Role}


@pytest.mark.parametrize("service", SERVICES)
async def test_every_route_but_health_and_what_a_link_opens_has_a_row_in_the_table(town, service):
    assert served(town.apps[service]) - HEALTH == set(rows(service)) | LINKED[service]
    assert set(town.apps[service].state.door.access) == set(rows(service))


@pytest.mark.parametrize("service", SERVICES)
async def test_a_role_may_do_what_the_table_says_and_nothing_else(town, service):
    for role, (route, allowed) in product(Role, rows(service).items()):
        token = town.token(role)
        status, _ = await knock(town.apps[service], route, token)
        assert (status == 403) != allowed[role], (route, status)
        assert status != 401 and status < 500, (route, status)


@pytest.mark.parametrize("service", SERVICES)
async def test_every_route_refuses_a_stranger_with_the_same_words(town, service):
    expired = town.issuer.token("x", town.authority, Role.CASE_SYSTEM, town.clock.now(), hours=-2)
    heard = {}
    for kind, token in (("none", None), ("garbage", "garbage"), ("expired", expired)):
        heard[kind] = {await knock(town.apps[service], route, token) for route in rows(service)}
        assert {status for status, _ in heard[kind]} == {401}
        assert len(heard[kind]) == 1
    assert heard["garbage"] == heard["expired"]


async def test_roles_add_up(town):
    from tests.auth.forging import claims, signed

    token = signed(town, body=claims(town, roles=["analyst", "iro_manager"]))
    assert (await knock(town.apps["reviews"], "GET /v1/caseloads/{officer}", token))[0] == 200


def guarded(path: str, kind: type[APIRoute] = TransactionalRoute) -> APIRouter:
    router = APIRouter(route_class=kind)

    @router.get(path)
    async def get() -> None:
        """A route."""

    return router


async def test_a_service_with_a_route_that_has_no_row_does_not_start(town):
    door = town.apps["reviews"].state.door
    with pytest.raises(LookupError, match="without a row"):
        make_service("x", "x", door, [guarded("/v1/forgotten")])


async def test_a_service_with_a_row_that_has_no_route_does_not_start(town):
    with pytest.raises(LookupError, match="without a route"):
        make_service("x", "x", town.apps["reviews"].state.door, [])


async def test_a_service_with_a_route_that_is_not_behind_the_door_does_not_start(town):
    plain, nested = APIRouter(), APIRouter(route_class=GuardedRoute)

    @plain.get("/v1/open")
    async def get() -> None:
        """A route anybody could use."""

    nested.include_router(plain)
    for router in (plain, nested):
        with pytest.raises(LookupError, match="not behind the door"):
            make_service("x", "x", town.apps["reviews"].state.door, [router])


async def test_a_service_with_a_route_that_a_link_opens_and_nobody_named_does_not_start(town):
    door, routers = town.apps["reviews"].state.door, [guarded("/v1/found", LinkedRoute)]
    with pytest.raises(LookupError, match="opened by a link"):
        make_service("x", "x", door, routers)
    with pytest.raises(LookupError, match="opened by a link"):
        make_service("x", "x", door, [], linked=frozenset({"GET /v1/found"}))


async def test_a_method_that_a_route_does_not_have_is_refused(town):
    headers = {"x_http_method_override": "PUT"}
    for method in ("TRACE", "PATCH", "DELETE", "OPTIONS", "PROPFIND"):
        answer = await town.ask("reviews", method, "/v1/children/C-1", {}, **headers)
        assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert await town.rows("SELECT 1 FROM child") == []
