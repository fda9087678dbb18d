"""Makes a service: its routes behind the door, its errors in one form, its docs served by itself."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi_offline import FastAPIOffline
from pydantic import BaseModel

from shared.auth.access import check_complete
from shared.db.silence import leave
from shared.http import health, openapi, problems
from shared.http.door import Door
from shared.http.middleware import Surround
from shared.http.routes import GuardedRoute, LinkedRoute, ReadingRoute
from shared.watch.watchman import Watchman

Lifespan = Callable[[Door], AbstractAsyncContextManager[None]]

REFUSED = {
    status: {"model": problems.Problem, "description": problems.TITLES[status]} for status in (401, 403, 503)
}
REFUSED_LINK = {
    status: {"model": problems.Problem, "description": problems.TITLES[status]} for status in (404, 503)
}


def make_service(
    name: str,
    summary: str,
    door: Door,
    routers: Iterable[APIRouter],
    lifespan: Lifespan | None = None,
    check: Callable[[], None] = lambda: None,
    linked: frozenset[str] = frozenset(),
) -> FastAPI:
    """The application of one service; `check` raises Unavailable where it cannot do its work, database or not.
    `linked` are the routes that a secret link opens, without a token. Raises LookupError if access.py and the routes
    disagree."""

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        if lifespan is None:
            yield
        else:
            async with lifespan(door):
                yield
        await leave(door.engine)

    app = FastAPIOffline(
        title=f"Duecare {name}",
        summary=summary,
        version="1",
        lifespan=living,
        static_url="/static-offline-docs",
        redirect_slashes=False,  # a redirect would repeat the address, and the Host that somebody sent
    )
    app.state.door, app.state.check = door, check
    app.state.watchman = Watchman(door.engine, door.late_seconds)
    problems.install(app)
    app.add_middleware(Surround, service=name)
    app.include_router(health.router)
    included = list(routers)
    for router in included:
        by_link = any(isinstance(route, LinkedRoute) for route in router.routes)
        app.include_router(router, responses=REFUSED_LINK if by_link else REFUSED)  # type: ignore[arg-type]
    guarded = guarded_routes(included, linked)
    check_complete(door.access, guarded)
    openapi.complete(app, door.access, _keyed_routes(included))
    return app


def guarded_routes(routers: Iterable[APIRouter], linked: frozenset[str] = frozenset()) -> set[str]:
    """Every "METHOD /path" of these routers that a token opens. Raises LookupError for a route that is not guarded
    and none of those that are `linked`, and for one of those that is not there."""
    guarded: set[str] = set()
    opened: set[str] = set()
    for router in routers:
        for route in router.routes:
            if not isinstance(route, GuardedRoute | LinkedRoute):
                raise LookupError(f"{getattr(route, 'path', route)} is not behind the door")
            names = {f"{method} {route.path_format}" for method in route.methods or ()}
            (guarded if isinstance(route, GuardedRoute) else opened).update(names)
    if opened != linked:
        raise LookupError(f"opened by a link, and not named so, or named in vain: {sorted(opened ^ linked)}")
    return guarded


def _keyed_routes(routers: Iterable[APIRouter]) -> set[str]:
    """The POSTs that need an Idempotency-Key: all but those that only read."""
    routes = [route for router in routers for route in router.routes]
    return {
        f"POST {route.path_format}"
        for route in routes
        if isinstance(route, GuardedRoute)
        and not isinstance(route, ReadingRoute)
        and "POST" in (route.methods or ())
    }


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error responses of an operation, for its OpenAPI page."""
    return {
        status: {"model": problems.Problem, "description": problems.TITLES[status]} for status in statuses
    }


ON_A_STEP = problem_responses(409, 412)
"""How a step on a record may be refused, besides what is said of every operation: it is not possible now, or another
version was read."""


def created(view: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """The 201 of an upsert that created its record."""
    return {201: {"model": view, "description": "Created"}}
