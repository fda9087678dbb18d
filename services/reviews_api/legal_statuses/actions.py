"""Recording a legal status, and taking one back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.queries import must_cover, period_of
from services.reviews_api.legal_statuses.models import LegalStatus
from services.reviews_api.legal_statuses.queries import check_alone
from services.reviews_api.legal_statuses.schemas import LegalStatusBody
from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.deadlines.turns import take_turn
from shared.events.care_events import LegalStatusChanged
from shared.events.language import Event
from shared.http.door import Door


async def put_legal_status(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: LegalStatusBody,
    if_match: str | None,
) -> Written[LegalStatus]:
    """Create or replace a legal status, and work out anew what is owed under it.

    Raises NotFound for an unknown care period, Contradiction for a day that cannot be.
    """
    period = await period_of(session, authority, body.care_period)
    day_not_in_the_future(door, "from_on", body.from_on)
    must_cover(period, body.from_on, "from_on")
    await take_turn(session, authority, [period.id])
    fixed = {"care_period_id": period.id, "child_id": period.child_id}
    values = body.values("care_period")
    written = await write(session, LegalStatus, authority, reference, fixed, values, body.given(if_match))
    if written.changed:
        await check_alone(session, written.record)
        await tell(session, door, written.record, [period.id], happenings(written.record, written.before))
    return written


async def withdraw_legal_status(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> LegalStatus:
    """It was not so: the one before it holds on. Raises NotFound, TransitionRefused."""
    status = await to_withdraw(session, LegalStatus, authority, reference, body)
    histories, given = [status.care_period_id], body.given(if_match)
    await withdraw(session, door, status, status.child_id, histories, body.because, given)
    return status


def happenings(status: LegalStatus, before: Mapping[str, Any]) -> Iterator[Event]:
    """What changed, in the past tense."""
    if (before.get("status"), before.get("from_on")) != (status.status, status.from_on):
        yield LegalStatusChanged(
            subject_id=status.id,
            child_id=status.child_id,
            occasion=new_id(),
            status=status.status,
            from_on=status.from_on,
        )
