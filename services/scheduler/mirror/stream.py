"""The stream that holds the mirror: give it events, and ask what it holds."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.errors import TimeoutError as NothingLeft
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, PubAck, RawStreamMsg
from nats.js.errors import NotFoundError

from services.scheduler.mirror.cursor import Told
from services.scheduler.mirror.subjects import everything_of, subject

ACKNOWLEDGED_WITHIN = 5.0  # seconds, for a whole batch
READ = 500  # messages asked for at once
ID, POSITION = "ce-id", "duecare-position"
Ack = asyncio.Future[PubAck]


@dataclass(frozen=True, slots=True)
class Holding:
    """How many messages of one authority the stream holds, the place of the first, and the last one's place and id;
    0 and None for what is not there or cannot be read."""

    count: int
    first: int = 0
    last: int = 0
    last_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """When the stream was made; whether it forgets, and after how many seconds where it goes by age."""

    incarnation: str
    limited: bool = False
    seconds: float | None = None


@dataclass(slots=True)
class Stream:
    """An open connection. `doubtful`: the stream was seen to have lost something."""

    client: Client
    js: JetStreamContext
    name: str
    kept: Kept
    closed: asyncio.Event
    doubtful: bool = False
    last: int = 0

    async def give(self, authority: str, events: Sequence[Told], *, again: bool = False) -> int:
        """Publish events in order; how many, from the first on without a gap, NATS has acknowledged. NATS remembers
        ids longer than what was deleted: `again` is for events that it must take although it knows them."""
        acks: list[Ack] = []
        try:
            for event in events:
                acks.append(await self._publish(authority, event, again))
        except (NatsError, OSError):
            pass  # the connection is gone: what was acknowledged before counts
        await self._acknowledged(acks)
        return self._taken(acks)

    async def holding(self, authority: str) -> Holding:
        """What the stream says it holds of one authority."""
        mine = everything_of(authority)
        state = (await self.js.stream_info(self.name, subjects_filter=mine)).state
        count = sum((state.subjects or {}).values())
        if not count:
            return Holding(0)
        first = await self._message(seq=max(state.first_seq, 1), subject=mine, next=True)
        last = await self._message(subject=mine)
        return Holding(count, _position(first), _position(last), _id(last))

    async def ids(self, authority: str) -> AsyncIterator[list[UUID]]:
        """The ids of all that the stream holds of one authority, oldest first; bodies are not fetched."""
        config = ConsumerConfig(
            deliver_policy=DeliverPolicy.ALL,
            ack_policy=AckPolicy.NONE,
            headers_only=True,
            inactive_threshold=60,
        )
        reader = await self.js.pull_subscribe(everything_of(authority), stream=self.name, config=config)
        try:
            left = (await reader.consumer_info()).num_pending or 0
            while left > 0:
                messages = await reader.fetch(min(READ, left), timeout=ACKNOWLEDGED_WITHIN)
                left -= len(messages)
                yield [each for each in map(_id, messages) if each]
        except NothingLeft:
            return  # what was counted has been removed meanwhile
        finally:
            await reader.unsubscribe()

    async def _publish(self, authority: str, event: Told, again: bool) -> Ack:
        # CloudEvents' NATS binding, structured; the same attributes again as headers, for readers of headers alone.
        headers = {
            "content-type": "application/cloudevents+json",
            "ce-specversion": "1.0",
            ID: str(event.id),
            "ce-source": quote(f"/duecare/{authority}"),
            "ce-type": quote(event.type),
            POSITION: str(event.position),
        }
        headers |= {} if again else {"Nats-Msg-Id": str(event.id)}
        body = event.envelope.encode()
        return await self.js.publish_async(
            subject(authority, event.type), body, stream=self.name, headers=headers
        )

    async def _acknowledged(self, acks: Sequence[Ack]) -> None:
        """Wait until every one is answered, or no answer will come any more."""
        if not acks:
            return
        answered = asyncio.gather(*acks, return_exceptions=True)
        broken = asyncio.ensure_future(self.closed.wait())
        either: set[asyncio.Future[Any]] = {answered, broken}
        try:
            await asyncio.wait(either, timeout=ACKNOWLEDGED_WITHIN, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in either:
                each.cancel()

    def _taken(self, acks: Sequence[Ack]) -> int:
        for n, ack in enumerate(acks):
            if not ack.done() or ack.cancelled() or ack.exception():
                return n
            self._mind(ack.result())
        return len(acks)

    def _mind(self, ack: PubAck) -> None:
        # A stream that counts from lower down than before is another one, or an older copy.
        if not ack.duplicate:
            self.doubtful = self.doubtful or ack.seq <= self.last
            self.last = ack.seq

    async def _message(self, **which: int | str | bool) -> RawStreamMsg | None:
        try:
            return await self.js.get_msg(self.name, **which)  # type: ignore[arg-type]
        except NotFoundError:
            return None


def _header(message: object, name: str) -> str:
    headers: Mapping[str, str] = getattr(message, "headers", None) or {}
    return headers.get(name, "")


def _position(message: object) -> int:
    written = _header(message, POSITION)
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else 0


def _id(message: object) -> UUID | None:
    try:
        return UUID(_header(message, ID))
    except ValueError:
        return None
