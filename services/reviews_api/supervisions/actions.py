"""Recording a supervision, and taking one back."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.supervisions.models import Supervision
from services.reviews_api.supervisions.schemas import SupervisionBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from services.reviews_api.workers.queries import officer_of
from shared.db.base import new_id
from shared.events.workforce_events import SupervisionHeld
from shared.http.door import Door


async def put_supervision(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: SupervisionBody,
    if_match: str | None,
) -> Written[Supervision]:
    """Create or replace a supervision, and work out anew the officer's own deadlines.

    Raises NotFound for an unknown worker, Contradiction for one who is no officer or was not in post that day.
    """
    day_not_in_the_future(door, "held_on", body.held_on)
    officer = await officer_of(session, authority, body.officer, body.held_on, "held_on")
    fixed = {"worker_id": officer.id}
    values = body.values("officer")
    written = await write(session, Supervision, authority, reference, fixed, values, body.given(if_match))
    if written.changed:
        await tell(session, door, written.record, [officer.id], [_happening(written.record)])
    return written


async def withdraw_supervision(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Supervision:
    """It was not so: what it met is open again. Raises NotFound, TransitionRefused."""
    record = await to_withdraw(session, Supervision, authority, reference, body)
    await withdraw(session, door, record, None, [record.worker_id], body.because, body.given(if_match))
    return record


def _happening(record: Supervision) -> SupervisionHeld:
    return SupervisionHeld(
        subject_id=record.id,
        child_id=None,
        occasion=new_id(),
        worker_id=record.worker_id,
        kind=record.kind,
        held_on=record.held_on,
    )
