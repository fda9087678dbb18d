"""Begins, changes and ends subscriptions."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.subscriptions.addresses import Addresses
from services.scheduler.subscriptions.beginning import told_from_now_on
from services.scheduler.subscriptions.dropping import drop_waiting
from services.scheduler.subscriptions.keys import Scheme, new_key
from services.scheduler.subscriptions.models import Subscription, SubscriptionStep
from services.scheduler.subscriptions.queries import lock_subscription
from services.scheduler.subscriptions.schemas import NewSubscription, Rotation, Wanted
from shared.auth.principal import Principal
from shared.auth.restricted import sees_restricted
from shared.events.envelope import event_id
from shared.events.operator_events import SubscriptionEnded, SubscriptionPinged
from shared.events.outbox import publish
from shared.http.versions import Saved, check_version, check_version_if_sent
from shared.refusals import Contradiction, Forbidden

# A ping waits for the pings before it, and whoever asks for another has repaired something: they all go now.
HURRY_PINGS = text("""
    UPDATE delivery SET next_attempt_at = :now
    WHERE authority_id = :authority AND subscription_id = :subscription AND subject_id = :subscription
      AND state = 'waiting' AND next_attempt_at > :now
""")


async def subscribe(
    session: AsyncSession, who: Principal, wanted: NewSubscription, addresses: Addresses, now: datetime
) -> Subscription:
    """A new subscription, told of what gets its place in the feed from now on. Raises Contradiction."""
    _check_address(addresses, wanted.url)
    key = new_key(wanted.scheme)
    subscription = Subscription(
        authority_id=who.authority,
        **wanted.model_dump(),
        secret=key.secret,
        public_key=key.public_key,
        created_at=now,
        created_by=who.subject,
        told_after=await told_from_now_on(session, who.authority),
        hears_restricted=sees_restricted(who),
    )
    session.add(subscription)
    await session.flush()
    session.add(subscription.begin())
    return subscription


async def change_subscription(
    session: AsyncSession,
    who: Principal,
    id: UUID,
    wanted: Wanted,
    if_match: str | None,
    addresses: Addresses,
    now: datetime,
) -> tuple[Subscription, Saved]:
    """Another address, other filters. Raises NotFound, Forbidden, Contradiction, VersionRequired, Stale and
    TransitionRefused."""
    here = await told_from_now_on(session, who.authority)
    subscription = await lock_subscription(session, who.authority, id)
    _check_address(addresses, wanted.url)
    if subscription.hears_restricted and wanted.url != subscription.url and not sees_restricted(who):
        raise Forbidden("It hears of restricted children: whoever sees them gives it another address.")
    version = subscription.version
    step = subscription.change(who.subject, now, here, **wanted.model_dump())
    if step is None:
        return subscription, Saved.UNCHANGED
    check_version(if_match, version)
    session.add(step)
    return subscription, Saved.CHANGED


async def rotate_secret(
    session: AsyncSession, who: Principal, id: UUID, wanted: Rotation, if_match: str | None, now: datetime
) -> Subscription:
    """Another secret; the one before signs beside it for a while. Raises NotFound, Stale, TransitionRefused. Whoever
    may not give it another address may do this, even where restricted children are heard of: a secret that has leaked
    cannot wait for somebody who sees them, and it opens nothing that was sent."""
    subscription = await _locked(session, who, id, if_match)
    key = new_key(wanted.scheme or Scheme(subscription.scheme))
    until = now + timedelta(hours=wanted.overlap_hours)
    session.add(subscription.rotate(key, until, who.subject, now))
    return subscription


async def ping(session: AsyncSession, who: Principal, id: UUID, now: datetime) -> UUID:
    """Publish a trial event for this subscription alone; its id. Raises NotFound, TransitionRefused."""
    subscription = await lock_subscription(session, who.authority, id)
    step = subscription.ping(who.subject, now)
    session.add(step)
    event = SubscriptionPinged(subject_id=id, child_id=None, occasion=step.id)
    await publish(session, who.authority, [event], now)
    await session.execute(HURRY_PINGS, {"authority": who.authority, "subscription": id, "now": now})
    return event_id(who.authority, event)


async def pause(
    session: AsyncSession, who: Principal, id: UUID, if_match: str | None, now: datetime
) -> Subscription:
    """Keep what it would be told. Twice is harmless. Raises NotFound, Stale, TransitionRefused."""
    subscription = await _locked(session, who, id, if_match)
    _note(session, subscription.pause(who.subject, now))
    return subscription


async def resume(
    session: AsyncSession, who: Principal, id: UUID, if_match: str | None, now: datetime
) -> Subscription:
    """Tell it again, first what was kept. Twice is harmless. Raises NotFound, Stale, TransitionRefused."""
    subscription = await _locked(session, who, id, if_match)
    _note(session, subscription.resume(who.subject, now))
    return subscription


async def end_subscription(
    session: AsyncSession, authority: str, id: UUID, because: str, now: datetime, by: str | None = None
) -> None:
    """Tell an address no more; what still waits for it is dropped. Ending twice is harmless. Raises NotFound."""
    subscription = await lock_subscription(session, authority, id)
    step = subscription.end(because, by, now)
    if step is None:
        return
    session.add(step)
    await session.flush()
    await drop_waiting(session, authority, id)
    ended = SubscriptionEnded(subject_id=id, child_id=None, because=because)
    await publish(session, authority, [ended], now)


async def _locked(session: AsyncSession, who: Principal, id: UUID, if_match: str | None) -> Subscription:
    subscription = await lock_subscription(session, who.authority, id)
    check_version_if_sent(if_match, subscription.version)
    return subscription


def _check_address(addresses: Addresses, url: str) -> None:
    if not addresses.allow(url):
        raise Contradiction(
            "Webhooks go over HTTPS, at its own port, to hosts that this installation names (DUECARE_WEBHOOK_HOSTS); "
            "this address is none.",
            code="address_not_allowed",
            pointer="/url",
        )


def _note(session: AsyncSession, step: SubscriptionStep | None) -> None:
    if step is not None:
        session.add(step)
