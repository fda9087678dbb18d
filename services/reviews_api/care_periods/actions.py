"""Writing a care period, and taking one back."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.schemas import CarePeriodBody
from services.reviews_api.children.births import birth
from services.reviews_api.children.queries import surviving
from services.reviews_api.histories.opening import open_history
from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, not_in_the_future, tell
from services.reviews_api.withdrawing import (
    check_nothing_names,
    check_nothing_rests_on,
    to_withdraw,
    withdraw,
)
from shared.clock import today
from shared.db.base import new_id
from shared.events.care_events import CarePeriodEnded, CarePeriodStarted
from shared.events.language import Event
from shared.http.door import Door
from shared.http.versions import Saved
from shared.refusals import Contradiction
from shared.timescales.london import london_date

EARLIEST_NOTICE = timedelta(days=366)  # a planned admission is known in advance, and not for years


async def put_care_period(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: CarePeriodBody,
    if_match: str | None,
) -> Written[CarePeriod]:
    """Create or replace a care period, and work its deadlines out anew.

    Raises NotFound for an unknown child, Contradiction for dates that cannot be.
    """
    check_dates(door, body)
    # Locked, so that the birth told with the period is not one that is being corrected meanwhile.
    child = await surviving(session, authority, body.child, lock=True)
    child.must_stand("/child")
    written = await write(
        session,
        CarePeriod,
        authority,
        reference,
        {"child_id": child.id},
        body.values("child"),
        body.given(if_match),
    )
    period = written.record
    if written.saved is Saved.CREATED:
        await open_history(session, authority, period.id, "care_period", child.id)
    if written.changed:
        await session.flush()
        born = await birth(session, child)
        histories = sorted({period.id, *born.histories})
        await tell(session, door, period, histories, happenings(period, written.before), [born])
    return written


async def withdraw_care_period(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> CarePeriod:
    """The child was not looked after then. Raises NotFound, TransitionRefused while other records rest on it."""
    period = await to_withdraw(session, CarePeriod, authority, reference, body)
    await check_nothing_rests_on(session, authority, [period.id], [period.id, period.child_id])
    await check_nothing_names(session, authority, period.id, "care_period_id", "history_id")
    given = body.given(if_match)
    await withdraw(session, door, period, period.child_id, [period.id], body.because, given)
    return period


def check_dates(door: Door, body: CarePeriodBody) -> None:
    """Raise Contradiction for a period that ends before it starts, or has an end or notice still to come.

    A start ahead of us is allowed: a planned admission is known before its day, and not for years.
    """
    if body.started_on > today(door.clock) + EARLIEST_NOTICE:
        raise Contradiction(
            "Care is not planned that far ahead.", code="in_the_future", pointer="/started_on"
        )
    day_not_in_the_future(door, "ended_on", body.ended_on)
    not_in_the_future(door, "iro_notified_at", body.iro_notified_at)
    notice = body.iro_notified_at
    if notice is not None and london_date(notice) < body.started_on - EARLIEST_NOTICE:
        raise Contradiction(
            "The service was not told that long before care started.", pointer="/iro_notified_at"
        )
    if body.ended_on is not None and body.ended_on < body.started_on:
        raise Contradiction("Care cannot end before it starts.", pointer="/ended_on")


def happenings(period: CarePeriod, before: Mapping[str, Any]) -> Iterator[Event]:
    """What changed in the period, in the past tense."""
    named = {"subject_id": period.id, "child_id": period.child_id}
    if period.started_on != before.get("started_on"):
        yield CarePeriodStarted(**named, occasion=new_id(), started_on=period.started_on)
    if period.ended_on is not None and period.ended_on != before.get("ended_on"):
        yield CarePeriodEnded(**named, occasion=new_id(), ended_on=period.ended_on)
