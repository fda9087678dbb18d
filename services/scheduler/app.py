"""scheduler: notices what is due, and tells whoever asked to be told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services.scheduler.access import ACCESS
from services.scheduler.calendar import routes as calendar
from services.scheduler.consumers import routes as consumers
from services.scheduler.deadlines import routes as deadlines
from services.scheduler.deliveries import routes as deliveries
from services.scheduler.digests import routes as digests
from services.scheduler.event_types import routes as event_types
from services.scheduler.feed import routes as feed
from services.scheduler.feed.readings import Readings
from services.scheduler.mirror.broker import Broker
from services.scheduler.mirror.mirroring import mirroring
from services.scheduler.previews import routes as previews
from services.scheduler.reconciliation import routes as reconciliation
from services.scheduler.reconciliation.turns import Counting
from services.scheduler.replays import routes as replays
from services.scheduler.running import Parts, running
from services.scheduler.subscriptions import routes as subscriptions
from services.scheduler.subscriptions import step_routes as subscription_steps
from services.scheduler.subscriptions.addresses import named
from services.scheduler.timescales import routes as timescales
from services.scheduler.watch import routes as watch
from shared.clock import Clock
from shared.http.door import Door
from shared.http.service import make_service
from shared.http.wiring import make_door
from shared.settings import Settings

ROLE = "duecare_scheduler"
ROUTERS = (
    feed.router,
    event_types.router,
    subscriptions.router,
    subscription_steps.router,
    deliveries.router,
    replays.router,
    reconciliation.counting,
    reconciliation.router,
    consumers.router,
    digests.router,
    timescales.router,
    previews.router,
    deadlines.router,
    calendar.router,
    watch.router,
)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The application, wired from the settings (by default, the environment's). Its loops run while it is served.

    A clock that is given is taken at its word; the machine's own, only while the database's agrees with it.
    """
    settings = settings or Settings()
    addresses = named(settings.webhook_hosts, loopback=settings.webhook_loopback)
    parts = Parts(addresses, compared=clock is None)

    @asynccontextmanager
    async def lifespan(door: Door) -> AsyncIterator[None]:
        async with running(door, parts), mirroring(door, Broker.of(settings)):
            yield

    def check() -> None:
        parts.pulse.check(settings.late_seconds)

    door = make_door(settings, ROLE, ACCESS, clock)
    app = make_service("scheduler", "Deadlines noticed, events told.", door, ROUTERS, lifespan, check)
    app.include_router(event_types.open_to_all)
    app.state.addresses, app.state.proclaimed, app.state.post = addresses, parts.proclaimed, parts.post
    app.state.readings, app.state.counting = Readings(parts.heads), Counting()
    return app
