"""Hearing without an address of one's own: by the live stream and by the feed, as a caller behind a firewall would."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urlencode

import httpx

from services.cli.console import CommandRefused
from services.cli.demo.api import Api
from services.cli.demo.receiver import Hear, Heard, Way
from shared.auth.principal import Role

PAUSE = 1.0  # seconds after which a connection that broke is taken up again
WAIT = 5  # seconds for which a page of the feed is waited for; less than a caller's patience


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a stream: its position, its type, and its envelope as JSON text."""

    position: int
    type: str
    data: str


@asynccontextmanager
async def following(api: Api, wanted: Iterable[str], hear: Hear) -> AsyncIterator[None]:
    """Hear events of these types by both ways, from the feed's head as it is now. Raises CommandRefused.

    What had passed before Duecare was told gets its places after that head too, and is left out, as by webhooks.
    """

    def hear_news(heard: Heard) -> None:
        if not heard.event["data"].get("historic"):
            hear(heard)

    head = (await api.ask(Role.OPERATOR, "GET", "scheduler", "/v1/events?limit=1"))["head"]
    narrowed = urlencode([("type", each) for each in sorted(wanted)])
    tasks = [
        asyncio.create_task(follow(api, narrowed, head, hear_news))
        for follow in (_follow_stream, _follow_feed)
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for end in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(end, Exception):  # not that it was cancelled
                raise end


async def told_in(lines: AsyncIterator[str]) -> AsyncIterator[Told]:
    """The events in the lines of a stream; one that broke off before its end is none."""
    event: dict[str, str] = {}
    async for line in lines:
        name, _, value = line.partition(": ")
        if name in ("id", "event", "data"):
            event[name] = value
        elif not line and event:
            yield Told(int(event["id"]), event["event"], event["data"])
            event = {}


async def _follow_stream(api: Api, narrowed: str, after: int, hear: Hear) -> NoReturn:
    while True:
        with suppress(httpx.HTTPError):
            async with api.stream(
                Role.OPERATOR, "scheduler", f"/v1/events/stream?{narrowed}", after
            ) as lines:
                async for told in told_in(lines):
                    hear(Heard(json.loads(told.data), Way.STREAM))
                    after = told.position
        await asyncio.sleep(PAUSE)


async def _follow_feed(api: Api, narrowed: str, after: int, hear: Hear) -> NoReturn:
    while True:
        asked = f"/v1/events?after={after}&wait={WAIT}&{narrowed}"
        try:
            page = await api.ask(Role.OPERATOR, "GET", "scheduler", asked)
        except CommandRefused:
            await asyncio.sleep(PAUSE)
            continue
        for each in page["events"]:
            hear(Heard(each["event"], Way.FEED))
        after = page["next"]
