"""Reads the feed. Envelopes are passed on as the text they were stored as, never built again."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.auth.principal import Principal
from shared.auth.restricted import hidden_in, hide_restricted
from shared.db.session import authority_session
from shared.refusals import Contradiction

HEAD = text("SELECT position FROM feed_head WHERE authority_id = :authority")
_BATCH = """
    SELECT position, type, CAST(envelope AS text) AS envelope FROM outbox_event
    WHERE authority_id = :authority AND position > :after {leaving_out}
    ORDER BY position LIMIT :limit
"""
BATCH = text(_BATCH.format(leaving_out=""))
# An event is of a child, or of the children of a meeting, or of two that were merged or split.
BATCH_WITHOUT = text(
    _BATCH.format(
        leaving_out="""
            AND (child_id IS NULL OR child_id <> ALL(CAST(:hidden AS uuid[])))
            AND NOT coalesce(CAST(envelope -> 'data' -> 'child_ids' AS jsonb) ?| CAST(:named AS text[]), false)
            AND NOT coalesce(envelope -> 'data' ->> 'to_child_id' = ANY(CAST(:named AS text[])), false)
            AND NOT coalesce(envelope -> 'data' ->> 'merged_child_id' = ANY(CAST(:named AS text[])), false)
        """
    )
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An event in its place; `envelope` is JSON text, the same bytes every time."""

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


async def batch_after(session: AsyncSession, authority: str, after: int, limit: int) -> Batch:
    """The next events after a position, in order, without those of children who are not there for this session."""
    hidden = hidden_in(session)
    head = await feed_head(session, authority) if hidden else after
    asked = {"authority": authority, "after": after, "limit": limit}
    leaving_out = {"hidden": list(hidden), "named": [str(child) for child in hidden]}
    found = await (
        session.execute(BATCH_WITHOUT, asked | leaving_out) if hidden else session.execute(BATCH, asked)
    )
    events = [Placed(*row) for row in found]
    last = events[-1].position if events else after
    return Batch(events, last if len(events) == limit else max(last, head))


async def read_on(engine: AsyncEngine, who: Principal, after: int, limit: int) -> Batch:
    """The same for one caller, in a transaction of its own that is over when this returns."""
    async with authority_session(engine, who.authority, read_only=True) as session:
        await hide_restricted(session, who)
        return await batch_after(session, who.authority, after, limit)


async def read_page(session: AsyncSession, authority: str, after: int, limit: int) -> str:
    """A page of the feed as JSON text. Raises Contradiction for a position that was never given out."""
    head = await check_cursor(session, authority, after)
    batch = await batch_after(session, authority, after, limit)
    listed = ",".join(f'{{"position":{event.position},"event":{event.envelope}}}' for event in batch.events)
    return f'{{"events":[{listed}],"next":{batch.until},"head":{max(head, batch.until)}}}'
