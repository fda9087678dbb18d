"""The three services, built once for many councils: to build them takes longer than most tests' requests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from fastapi import FastAPI

from services.escalation_api.app import create_app as create_escalation_api
from services.reviews_api.app import create_app as create_reviews_api
from services.scheduler.app import create_app as create_scheduler
from services.scheduler.feed.heads import Heads
from shared.auth.keys import FileKeys
from shared.auth.tokens import TokenChecker
from shared.clock import Clock
from shared.http.door import Door
from shared.settings import Settings

Services = dict[str, FastAPI]
KEPT = 6

_idle: list[tuple[Settings, Services]] = []


@asynccontextmanager
async def lent(settings: Settings, clock: Clock) -> AsyncIterator[Services]:
    """The services under these settings and this clock; no other council has the same ones meanwhile.

    What they keep in memory of a council (tokens seen, how far a feed has come) is forgotten between two; what they
    know of the law and of SQL stays.
    """
    alike = settings.model_copy(update={"oidc_jwks_file": None})
    services = _idle_ones(alike) or _built(settings, clock)
    for app in services.values():
        app.state.door = _door(app.state.door, settings, clock)
    services["scheduler"].state.heads = Heads()
    services["scheduler"].state.proclaimed = asyncio.Event()
    try:
        yield services
    finally:
        for app in services.values():
            await app.state.door.engine.dispose()  # its connections belong to this test's loop
        _idle.append((alike, services))
        del _idle[:-KEPT]


def _idle_ones(alike: Settings) -> Services | None:
    for at, (settings, services) in enumerate(_idle):
        if settings == alike:
            del _idle[at]
            return services
    return None


def _built(settings: Settings, clock: Clock) -> Services:
    return {
        "reviews": create_reviews_api(settings, clock),
        "escalation": create_escalation_api(settings, clock),
        "scheduler": create_scheduler(settings, clock),
    }


def _door(door: Door, settings: Settings, clock: Clock) -> Door:
    assert settings.oidc_jwks_file
    tokens = TokenChecker(FileKeys(settings.oidc_jwks_file), door.tokens.rules, clock)
    return replace(door, clock=clock, tokens=tokens)
