"""What waits and for how long, counted now and then."""

from dataclasses import dataclass, fields

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.scheduler.figures import OUTBOX_WAITING
from services.scheduler.watch import figures
from shared.db.authorities import authorities
from shared.db.session import authority_session

WAITING = text("""
    SELECT (SELECT count(*) FROM outbox_event WHERE authority_id = :authority AND position IS NULL) AS events_waiting,
           coalesce((SELECT extract(epoch FROM clock_timestamp() - occurred_at) FROM outbox_event
                     WHERE authority_id = :authority AND position IS NULL ORDER BY seq LIMIT 1), 0) AS outbox_age,
           (SELECT count(*) FROM delivery WHERE authority_id = :authority AND state = 'waiting')
               AS deliveries_waiting,
           (SELECT count(*) FROM delivery d
            JOIN subscription s ON s.authority_id = :authority AND s.id = d.subscription_id AND s.ended_at IS NULL
            WHERE d.authority_id = :authority AND d.state = 'dead') AS dead_letters,
           coalesce((SELECT epoch FROM feed_head WHERE authority_id = :authority), 0) AS epoch
""")
# Those of an address that is paused or ended wait for nobody.
SUBSCRIBED = text("""
    SELECT count(*) FILTER (WHERE s.failing_since IS NOT NULL AND s.paused_at IS NULL) AS failing,
           count(*) FILTER (WHERE s.paused_at IS NOT NULL) AS paused,
           coalesce(max(extract(epoch FROM clock_timestamp() - first.next_attempt_at))
                    FILTER (WHERE s.paused_at IS NULL AND first.next_attempt_at < clock_timestamp()), 0) AS delivery_age
    FROM subscription s
    LEFT JOIN LATERAL (
        SELECT d.next_attempt_at FROM delivery d
        WHERE d.authority_id = :authority AND d.subscription_id = s.id AND d.state = 'waiting'
        ORDER BY d.next_attempt_at LIMIT 1) AS first ON true
    WHERE s.authority_id = :authority AND s.ended_at IS NULL
""")


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one council. Ages are in seconds, by the database's clock; 0 where nothing waits."""

    events_waiting: int
    outbox_age: float
    deliveries_waiting: int
    dead_letters: int
    epoch: int
    failing: int
    paused: int
    delivery_age: float


AGES = ("outbox_age", "delivery_age")
SHOWN = {
    "events_waiting": OUTBOX_WAITING,
    "outbox_age": figures.OUTBOX_AGE,
    "deliveries_waiting": figures.DELIVERIES_WAITING,
    "dead_letters": figures.DEAD_LETTERS,
    "epoch": figures.EPOCH,
    "failing": figures.FAILING,
    "paused": figures.PAUSED,
    "delivery_age": figures.DELIVERY_AGE,
}


async def count(engine: AsyncEngine) -> dict[str, Counted]:
    """What waits, by council. Raises what a failing database raises."""
    found = {}
    for authority in await authorities(engine):
        async with authority_session(engine, authority, read_only=True) as session:
            mine = {"authority": authority}
            waiting = (await session.execute(WAITING, mine)).one()._asdict()
            subscribed = (await session.execute(SUBSCRIBED, mine)).one()._asdict()
        found[authority] = Counted(**waiting, **subscribed)
    return found


def show(counted: dict[str, Counted]) -> None:
    """Put it where Prometheus finds it: numbers added up over the councils, of ages the greatest."""
    for each in fields(Counted):
        values = [float(getattr(one, each.name)) for one in counted.values()]
        SHOWN[each.name].set(max(values, default=0.0) if each.name in AGES else sum(values))
