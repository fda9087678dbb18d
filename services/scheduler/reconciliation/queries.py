"""Counts, for a subscription, what was expected and what became of it."""

from collections import Counter
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.consumers.held import held_at
from services.scheduler.consumers.queries import all_consumers
from services.scheduler.consumers.schemas import HeldView
from services.scheduler.feed.queries import feed_head
from services.scheduler.reconciliation.schemas import Reconciliation, ReconciliationPage
from services.scheduler.subscriptions.models import Subscription
from services.scheduler.subscriptions.queries import find_subscription
from services.scheduler.subscriptions.wanted import WANTED

STRETCH = 100_000  # positions counted by one statement, which is given some seconds
MOST = 1_000_000  # positions counted for one request, over all of its subscriptions
COUNTS = ("expected", "sent", "acknowledged", "waiting", "dead", "dropped", "missing")

# All positions are above 0, and their index is offered to nobody who does not say it.
LAST_TOLD = text("""
    SELECT position FROM delivery
    WHERE authority_id = :authority AND subscription_id = :subscription AND position > 0
    ORDER BY position DESC LIMIT 1
""")
COUNTED = """
    SELECT count(*) AS expected,
           count(*) FILTER (WHERE d.attempts > 0) AS sent,
           count(*) FILTER (WHERE d.state = 'delivered') AS acknowledged,
           count(*) FILTER (WHERE d.state = 'waiting') AS waiting,
           count(*) FILTER (WHERE d.state = 'dead') AS dead,
           count(*) FILTER (WHERE d.state = 'ended') AS dropped,
           count(*) FILTER (WHERE d.state IS NULL) AS missing,
           min(e.position) FILTER (WHERE d.state IS DISTINCT FROM 'delivered') AS unacknowledged,
           min(e.occurred_at) FILTER (WHERE d.state = 'waiting') AS oldest_waiting_since
    FROM subscription s
    JOIN outbox_event e ON e.authority_id = :authority AND e.position > :after AND e.position <= :until
                       AND NOT e.historic AND {wanted}
    LEFT JOIN delivery d ON d.authority_id = :authority AND d.subscription_id = :subscription
                        AND d.event_id = e.id
    WHERE s.authority_id = :authority AND s.id = :subscription
"""
COUNTING = text(COUNTED.format(wanted=WANTED))


async def reconcile(
    session: AsyncSession, authority: str, id: UUID, since: int, most: int = MOST
) -> Reconciliation:
    """One subscription's reconciliation. Raises NotFound."""
    found = await find_subscription(session, authority, id)
    return await _counted(session, found, since, await feed_head(session, authority), most)


async def reconcile_all(
    session: AsyncSession, authority: str, since: int, after: UUID | None, limit: int, most: int = MOST
) -> ReconciliationPage:
    """A page of all that have not ended, in the order in which they began, as far as `most` goes; with the first, the
    consumers."""
    going_on = select(Subscription).filter_by(authority_id=authority, ended_at=None)
    if after is not None:
        going_on = going_on.where(Subscription.id > after)
    found = (await session.scalars(going_on.order_by(Subscription.id).limit(limit))).all()
    head, counted = await feed_head(session, authority), list[Reconciliation]()
    for each in found:
        if counted and head - max(each.told_after, since) > most - _looked_through(counted):
            break
        counted.append(await _counted(session, each, since, head, most))
    whole = len(counted) == len(found) < limit
    return ReconciliationPage(
        head=head,
        subscriptions=counted,
        consumers=[] if after else await all_consumers(session, authority, head),
        next=None if whole else counted[-1].subscription_id,
    )


def _looked_through(counted: list[Reconciliation]) -> int:
    return sum(each.until - each.after for each in counted)


async def receiver_of(session: AsyncSession, of: Subscription, head: int) -> HeldView | None:
    """What a subscription's receiver says that it holds, where the feed has come to `head`; None where it has said
    nothing."""
    if of.acknowledged_position is None or of.acknowledged_at is None:
        return None
    said = of.acknowledged_position, of.acknowledged_at, of.acknowledged_by or ""
    return await held_at(session, of.authority_id, head, *said)


async def _counted(
    session: AsyncSession, of: Subscription, since: int, head: int, most: int
) -> Reconciliation:
    mine = {"authority": of.authority_id, "subscription": of.id}
    after = max(of.told_after, since)
    last = max(head if of.ended_at is None else await _last_told(session, of), after)
    until = min(last, after + most)
    counts, firsts = Counter[str](), []
    for place in range(after, until, STRETCH):
        here = {"after": place, "until": min(place + STRETCH, until)}
        row = (await session.execute(COUNTING, mine | here)).one()
        counts.update({name: getattr(row, name) for name in COUNTS})
        firsts.append((row.unacknowledged, row.oldest_waiting_since))
    unacknowledged = min((each for each, _ in firsts if each is not None), default=until + 1)
    return Reconciliation(
        subscription_id=of.id,
        after=after,
        until=until,
        next=until if until < last else None,
        failing_since=of.failing_since,
        receiver=await receiver_of(session, of, head),
        acknowledged_until=unacknowledged - 1,
        oldest_waiting_since=min((each for _, each in firsts if each is not None), default=None),
        **{name: counts[name] for name in COUNTS},
    )


async def _last_told(session: AsyncSession, of: Subscription) -> int:
    mine = {"authority": of.authority_id, "subscription": of.id}
    return int(await session.scalar(LAST_TOLD, mine) or 0)
