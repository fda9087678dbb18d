"""Planning, recording and cancelling a midpoint check, and taking one back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.histories.queries import Home
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.midpoint_checks.queries import home_of_check
from services.reviews_api.midpoint_checks.rules import check_body, check_day, check_looked
from services.reviews_api.midpoint_checks.schemas import CancelBody, CompleteBody, MidpointCheckBody
from services.reviews_api.midpoint_checks.states import CheckStatus
from services.reviews_api.record import Written, find_to_put, get_standing, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.clock import today
from shared.db.base import new_id
from shared.events.between_events import MidpointCheckCancelled, MidpointCheckCompleted, MidpointCheckPlanned
from shared.events.language import Event
from shared.http.door import Door
from shared.http.versions import check_version_if_sent


async def put_midpoint_check(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: MidpointCheckBody,
    if_match: str | None,
) -> Written[MidpointCheck]:
    """Create or replace a midpoint check, and work out anew the deadline that it meets.

    Raises NotFound for an unknown care period or history, Contradiction for what cannot be.
    """
    home = await home_of_check(session, authority, body.care_period, body.protection)
    check_body(body)
    if body.completed_on is not None:
        check_day(door, home, body.completed_on)
    held = await find_to_put(session, MidpointCheck, authority, reference)
    values = _values(held, body)
    written = await write(
        session, MidpointCheck, authority, reference, _fixed(home), values, body.given(if_match)
    )
    if written.changed:
        await tell(session, door, written.record, [home.id], happenings(written.record, written.before))
    return written


async def complete_midpoint_check(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: CompleteBody,
    if_match: str | None,
) -> MidpointCheck:
    """The officer has looked. Raises NotFound, TransitionRefused, or Contradiction for what cannot be."""
    check = await _locked(session, authority, reference, if_match)
    before = {"status": check.status}
    check_looked(body, body.finding)
    check.complete(**body.model_dump())
    check_day(door, await _home(session, check), body.completed_on)
    await session.flush()
    await tell(session, door, check, [check.history_id], happenings(check, before))
    return check


async def cancel_midpoint_check(
    session: AsyncSession, door: Door, authority: str, reference: str, body: CancelBody, if_match: str | None
) -> MidpointCheck:
    """It did not take place: the child is still owed one. Raises NotFound, TransitionRefused."""
    check = await _locked(session, authority, reference, if_match)
    before = {"status": check.status}
    check.cancel(body.because, today(door.clock))
    await session.flush()
    await tell(session, door, check, [check.history_id], happenings(check, before))
    return check


async def withdraw_midpoint_check(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> MidpointCheck:
    """It was not so: the deadline that it met is open again. Raises NotFound, TransitionRefused."""
    check = await to_withdraw(session, MidpointCheck, authority, reference, body)
    histories, given = [check.history_id], body.given(if_match)
    await withdraw(session, door, check, check.child_id, histories, body.because, given)
    return check


async def _locked(
    session: AsyncSession, authority: str, reference: str, if_match: str | None
) -> MidpointCheck:
    check = await get_standing(session, MidpointCheck, authority, reference, lock=True)
    check_version_if_sent(if_match, check.version)
    return check


async def _home(session: AsyncSession, check: MidpointCheck) -> Home:
    of_care = check.care_period_id is not None
    period, protection = (str(check.history_id), None) if of_care else (None, str(check.history_id))
    return await home_of_check(session, check.authority_id, period, protection)


def _fixed(home: Home) -> dict[str, Any]:
    """What never changes of a check: whose it is, and of which care or protection."""
    own = home.id if home.period is None else None
    return {
        "care_period_id": home.period and home.period.id,
        "protection_id": own,
        "child_id": home.child_id,
    }


def _values(check: MidpointCheck | None, body: MidpointCheckBody) -> dict[str, Any]:
    """The check as the body has it; one that was cancelled stays so while nobody says it was made after all."""
    was_cancelled = check is not None and check.stands and check.status == CheckStatus.CANCELLED
    cancelled = was_cancelled and body.completed_on is None
    status = CheckStatus.PLANNED if body.completed_on is None else CheckStatus.COMPLETED
    return body.values("care_period", "protection") | {
        "status": CheckStatus.CANCELLED if cancelled else status,
        "cancelled_because": check.cancelled_because if check and cancelled else None,
        "cancelled_on": check.cancelled_on if check and cancelled else None,
    }


def happenings(check: MidpointCheck, before: Mapping[str, Any]) -> Iterator[Event]:
    """What was recorded, in the past tense."""
    named: dict[str, Any] = {"subject_id": check.id, "child_id": check.child_id, "occasion": new_id()}
    if check.completed_on is not None and check.finding is not None:
        yield MidpointCheckCompleted(**named, completed_on=check.completed_on, finding=check.finding)
    elif check.cancelled_because is not None:
        if before.get("status") != CheckStatus.CANCELLED:
            yield MidpointCheckCancelled(**named, because=check.cancelled_because)
    elif check.planned_on is not None and check.planned_on != before.get("planned_on"):
        yield MidpointCheckPlanned(**named, planned_on=check.planned_on)
