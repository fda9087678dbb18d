"""scheduler: notices what is due, and tells whoever asked to be told."""

import asyncio
from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI

from services.scheduler.access import ACCESS
from services.scheduler.calendar import routes as calendar
from services.scheduler.deadlines import routes as deadlines
from services.scheduler.deliveries import routes as deliveries
from services.scheduler.digests import routes as digests
from services.scheduler.digests.post import Post
from services.scheduler.feed import routes as feed
from services.scheduler.feed.heads import Heads
from services.scheduler.pace import Pace
from services.scheduler.previews import routes as previews
from services.scheduler.running import running
from services.scheduler.subscriptions import routes as subscriptions
from services.scheduler.subscriptions.addresses import Addresses
from services.scheduler.timescales import routes as timescales
from shared.clock import Clock
from shared.http.door import Door
from shared.http.service import make_service
from shared.http.wiring import make_door
from shared.settings import Settings

ROLE = "duecare_scheduler"
ROUTERS = (
    feed.router,
    feed.streams,
    subscriptions.router,
    deliveries.router,
    digests.router,
    timescales.router,
    previews.router,
    deadlines.router,
    calendar.router,
)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The application, wired from the settings (by default, the environment's). Its loops run while it is served."""
    settings = settings or Settings()
    addresses = Addresses(frozenset(settings.webhook_hosts), settings.webhook_loopback)
    pace, post, heads, proclaimed = Pace(), Post(), Heads(), asyncio.Event()

    def lifespan(door: Door) -> AbstractAsyncContextManager[None]:
        return running(door, pace, post, heads, addresses, proclaimed)

    door = make_door(settings, ROLE, ACCESS, clock)
    app = make_service("scheduler", "Deadlines noticed, events told.", door, ROUTERS, lifespan)
    app.state.heads, app.state.addresses, app.state.proclaimed = heads, addresses, proclaimed
    app.state.post = post
    return app
