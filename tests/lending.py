"""The three services, built once for many councils: to build them takes longer than most tests' requests."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.escalation_api.app import create_app as create_escalation_api
from services.reviews_api.app import create_app as create_reviews_api
from services.scheduler.app import create_app as create_scheduler
from services.scheduler.feed.heads import Heads
from services.scheduler.feed.readings import Readings
from shared.auth.keys import FileKeys
from shared.auth.tokens import TokenChecker
from shared.clock import Clock
from shared.http.door import Door
from shared.settings import Settings
from shared.watch.watchman import Watchman

Services = dict[str, FastAPI]
KEPT = 6

_idle: list[tuple[asyncio.AbstractEventLoop, Settings, Services]] = []


@asynccontextmanager
async def lent(settings: Settings, clock: Clock) -> AsyncIterator[Services]:
    """The services under these settings and this clock; no other council has the same ones meanwhile.

    What they keep in memory of a council (tokens seen, how far a feed has come) is forgotten between two; what they
    know of the law and of SQL stays.
    """
    alike = settings.model_copy(update={"oidc_jwks_file": None})
    services = await _idle_ones(alike) or _built(settings, clock)
    for app in services.values():
        app.state.loan += 1
        app.state.door = _door(app.state.door, settings, clock)
        app.state.watchman = Watchman(app.state.door.engine, settings.late_seconds)
    services["scheduler"].state.readings = Readings(Heads())
    services["scheduler"].state.proclaimed = asyncio.Event()
    try:
        yield services
    finally:
        _idle.append((asyncio.get_running_loop(), alike, services))
        while len(_idle) > KEPT:
            await _let_go(*_idle.pop(0))


async def _idle_ones(alike: Settings) -> Services | None:
    """Services that were built under these settings; those that were lent last, whose connections are still open."""
    for at, (loop, settings, services) in reversed([*enumerate(_idle)]):
        if settings == alike:
            del _idle[at]
            if loop is not asyncio.get_running_loop():
                await _let_go(loop, settings, services)
            return services
    return None


async def _let_go(loop: asyncio.AbstractEventLoop, _: Settings, services: Services) -> None:
    """Their connections are closed, or only forgotten where they belong to another loop."""
    for app in services.values():
        await app.state.door.engine.dispose(close=loop is asyncio.get_running_loop())


def _built(settings: Settings, clock: Clock) -> Services:
    services = {
        "reviews": create_reviews_api(settings, clock),
        "escalation": create_escalation_api(settings, clock),
        "scheduler": create_scheduler(settings, clock),
    }
    for app in services.values():
        app.state.loan = 0
        renewing(app.state.door.engine, lambda app=app: app.state.loan)  # type: ignore[misc]
    return services


def _door(door: Door, settings: Settings, clock: Clock) -> Door:
    assert settings.oidc_jwks_file
    tokens = TokenChecker(FileKeys(settings.oidc_jwks_file), door.tokens.rules, clock)
    return replace(door, clock=clock, tokens=tokens)


def renewing(engine: AsyncEngine, loan: Callable[[], int] | None = None) -> AsyncEngine:
    """The pool, which opens anew what an earlier test has closed under it; with `loan`, the number of the loan, only
    what was closed before this one."""

    @event.listens_for(engine.sync_engine, "checkout")
    def _(connection: Any, record: Any, proxy: Any) -> None:
        known = record.info.get("loan")
        record.info["loan"] = loan() if loan else None
        if connection.driver_connection.is_closed() and (loan is None or known != record.info["loan"]):
            raise DisconnectionError("Closed by an earlier test.")

    return engine
