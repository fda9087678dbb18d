"""Recording an observation, and taking one back."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.observations.models import Observation
from services.reviews_api.observations.schemas import ObservationBody
from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from services.reviews_api.workers.queries import officer_of
from shared.db.base import new_id
from shared.events.workforce_events import PracticeObserved
from shared.http.door import Door


async def put_observation(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: ObservationBody,
    if_match: str | None,
) -> Written[Observation]:
    """Create or replace an observation, and work out anew the officer's own deadlines.

    Raises NotFound for an unknown worker, Contradiction for one who is no officer or was not in post that day.
    """
    day_not_in_the_future(door, "made_on", body.made_on)
    officer = await officer_of(session, authority, body.officer, body.made_on, "made_on")
    fixed = {"worker_id": officer.id}
    values = body.values("officer")
    written = await write(session, Observation, authority, reference, fixed, values, body.given(if_match))
    if written.changed:
        await tell(session, door, written.record, [officer.id], [_happening(written.record)])
    return written


async def withdraw_observation(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Observation:
    """It was not so: what it met is open again. Raises NotFound, TransitionRefused."""
    record = await to_withdraw(session, Observation, authority, reference, body)
    await withdraw(session, door, record, None, [record.worker_id], body.because, body.given(if_match))
    return record


def _happening(record: Observation) -> PracticeObserved:
    return PracticeObserved(
        subject_id=record.id,
        child_id=None,
        occasion=new_id(),
        worker_id=record.worker_id,
        observed=record.observed,
        made_on=record.made_on,
    )
