"""Publishing: an event is told if the transaction commits, and never happened if it does not."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events.envelope import envelope
from shared.events.language import Event

_as_json = json.JSONEncoder(separators=(",", ":")).encode  # made once: the sweep writes thousands a second

# One statement for any number of events. A repeat (crash, restore, second scheduler) makes the same id
# again, and is harmless.
INSERT = text("""
    INSERT INTO outbox_event
        (authority_id, id, type, subject_id, child_id, occurred_at, historic, envelope)
    SELECT :authority, id, type, subject_id, child_id, CAST(:now AS timestamptz), :historic, envelope
    FROM unnest(CAST(:ids AS uuid[]), CAST(:types AS text[]), CAST(:subjects AS uuid[]),
                CAST(:children AS uuid[]), CAST(:envelopes AS json[]))
         WITH ORDINALITY AS e(id, type, subject_id, child_id, envelope, n)
    ORDER BY n
    ON CONFLICT (authority_id, id) DO NOTHING
""")


async def publish(
    session: AsyncSession, authority: str, events: Iterable[Event], now: datetime, *, historic: bool = False
) -> None:
    """Put events into the outbox of the open transaction. Historic ones reach the feed and wake nobody."""
    events = list(events)
    if not events:
        return
    envelopes = [envelope(authority, event, now) for event in events]
    await session.execute(
        INSERT,
        {
            "authority": authority,
            "historic": historic,
            "ids": [each["id"] for each in envelopes],
            "types": [e.type for e in events],
            "subjects": [e.subject_id for e in events],
            "children": [e.child_id for e in events],
            "now": now,
            "envelopes": [_as_json(each) for each in envelopes],
        },
    )
