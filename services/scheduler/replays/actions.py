"""Asks for a replay; it is carried out beside the requests."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.feed.queries import feed_head
from services.scheduler.replays.models import Replay
from services.scheduler.replays.schemas import NewReplay
from services.scheduler.subscriptions.models import Subscription
from services.scheduler.subscriptions.wanted import AGAIN
from shared.auth.principal import Principal
from shared.auth.restricted import ALL_RESTRICTED
from shared.refusals import Contradiction, NotFound, TransitionRefused

PLACE = """
    {all_restricted}
    SELECT e.position, {wanted} AS wanted
    FROM outbox_event e JOIN subscription s ON s.authority_id = :authority AND s.id = :subscription
    WHERE e.authority_id = :authority AND e.id = :event AND e.position IS NOT NULL
"""


PLACING = text(PLACE.format(all_restricted=ALL_RESTRICTED, wanted=AGAIN))


async def replay(
    session: AsyncSession, who: Principal, subscription: UUID, wanted: NewReplay, now: datetime
) -> Replay:
    """Ask that events be delivered again. Raises NotFound, TransitionRefused where the subscription has ended, and
    Contradiction for what is not in the feed or is no event for this subscription."""
    await _check_goes_on(session, who.authority, subscription)
    after, until = await _range(session, who.authority, subscription, wanted)
    asked = Replay(
        authority_id=who.authority,
        subscription_id=subscription,
        after=after,
        until=until,
        historic=wanted.historic or wanted.event_id is not None,
        asked_at=now,
        asked_by=who.subject,
        reached=after,
        finished_at=now if after == until else None,
    )
    session.add(asked)
    await session.flush()
    return asked


async def _check_goes_on(session: AsyncSession, authority: str, id: UUID) -> None:
    locking = select(Subscription).filter_by(authority_id=authority, id=id).with_for_update(read=True)
    subscription = (await session.scalars(locking)).one_or_none()
    if subscription is None:
        raise NotFound("subscription")
    if subscription.ended_at is not None:
        raise TransitionRefused("This subscription has ended. Begin a new one, and replay to that.")


async def _range(
    session: AsyncSession, authority: str, subscription: UUID, wanted: NewReplay
) -> tuple[int, int]:
    if wanted.event_id is not None:
        position = await _position(session, authority, subscription, wanted.event_id)
        return position - 1, position
    head, after = await feed_head(session, authority), wanted.after or 0
    until = head if wanted.until is None else wanted.until
    if max(after, until) > head:
        raise Contradiction(
            "The feed has not come so far.",
            code="position_not_given",
            pointer="/after" if after > head else "/until",
        )
    return after, until


async def _position(session: AsyncSession, authority: str, subscription: UUID, event: UUID) -> int:
    asked = {"authority": authority, "subscription": subscription, "event": event}
    found = (await session.execute(PLACING, asked)).one_or_none()
    if found is None:
        raise Contradiction("The feed has no such event.", code="unknown_event", pointer="/event_id")
    if not found.wanted:
        raise Contradiction(
            "This subscription is not told of such an event.", code="event_not_wanted", pointer="/event_id"
        )
    return int(found.position)
