"""Reads the feed. Envelopes are passed on as the text they were stored as, never built again."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.scheduler.feed.filters import Filter, about
from shared.auth.principal import Principal
from shared.auth.restricted import restricted_from
from shared.db.session import authority_session
from shared.refusals import Contradiction

SPAN = 10_000  # places that are looked through at once for events that few are wanted of

HEAD = text("SELECT position FROM feed_head WHERE authority_id = :authority")
PLACED = "position, type, CAST(envelope AS text) AS envelope"  # the columns of a Placed, in its order
BATCH = f"""
    SELECT {PLACED} FROM outbox_event
    WHERE authority_id = :authority AND position > :after AND position <= :until {{narrowed}}
    ORDER BY position LIMIT :limit
"""  # noqa: S608  columns of ours
LEAVING_OUT = f" AND NOT {about('hidden')}"


@dataclass(frozen=True, slots=True)
class Placed:
    """An event in its place; `envelope` is JSON text on one line, the same bytes every time."""

    position: int
    type: str
    envelope: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Events in order, and the position until which there is no other for their reader."""

    events: list[Placed]
    until: int


async def feed_head(session: AsyncSession, authority: str) -> int:
    """The last position given out; 0 for an empty feed."""
    return int(await session.scalar(HEAD, {"authority": authority}) or 0)


async def check_cursor(session: AsyncSession, authority: str, after: int) -> int:
    """The head of the feed. Raises Contradiction for a position that was never given out."""
    head = await feed_head(session, authority)
    if after > head:
        raise Contradiction(
            "The feed has not come so far. If it was restored from a backup, read it again from 0: "
            "the events keep their ids.",
            code="position_not_given",
            pointer="query/after",
        )
    return head


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is asked of one authority's feed: what is wanted, after one position and until another, without what is of
    the hidden children. What is found is the same whoever asks, and whenever."""

    authority: str
    wanted: Filter
    hidden: frozenset[UUID]
    after: int
    until: int
    limit: int


async def read(session: AsyncSession, asked: Stretch) -> Batch:
    """The events of a stretch, in order."""
    values = {"authority": asked.authority, "after": asked.after, "limit": asked.limit}
    values |= {"until": asked.until} | asked.wanted.values()
    if asked.hidden:
        values |= {"hidden": list(asked.hidden), "hidden_named": [str(child) for child in asked.hidden]}
    narrowed = asked.wanted.conditions() + (LEAVING_OUT if asked.hidden else "")
    found = await session.execute(text(BATCH.format(narrowed=narrowed)), values)
    events = [Placed(*row) for row in found]
    return Batch(events, events[-1].position if len(events) == asked.limit else asked.until)


def stretch(
    authority: str, wanted: Filter, hidden: frozenset[UUID], after: int, head: int, limit: int
) -> Stretch:
    """As far as one read goes: there is no gap, so what nobody narrows is as long as it is asked for."""
    span = SPAN if wanted or hidden else limit
    return Stretch(authority, wanted, hidden, after, max(after, min(head, after + span)), limit)


async def look(
    engine: AsyncEngine, who: Principal, after: int, limit: int, wanted: Filter
) -> tuple[Batch, int]:
    """The next events for one caller, and the head of the feed, in a transaction of its own that is over when this
    returns. Raises Contradiction for a position that was never given out."""
    async with authority_session(engine, who.authority, read_only=True) as session:
        head = await check_cursor(session, who.authority, after)
        hidden = await restricted_from(session, who)
        batch = await read(session, stretch(who.authority, wanted, hidden, after, head, limit))
        return batch, head
