"""Writing a worker's record, and taking one back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.histories.opening import open_history
from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import check_nothing_rests_on, to_withdraw, withdraw
from services.reviews_api.workers.models import OFFICERS, Worker
from services.reviews_api.workers.schemas import WorkerBody
from shared.db.base import new_id
from shared.deadlines.models import History
from shared.events.workforce_events import WorkerUpserted
from shared.http.door import Door
from shared.refusals import Contradiction


async def put_worker(
    session: AsyncSession, door: Door, authority: str, reference: str, body: WorkerBody, if_match: str | None
) -> Written[Worker]:
    """Create or replace a worker's record. An officer's opens their own history, and its deadlines follow.

    Raises Contradiction for dates that cannot be, TransitionRefused for an officer who shall be none any more while
    supervision or observation is recorded of them.
    """
    check_dates(door, body)
    written = await write(session, Worker, authority, reference, {}, body.values(), body.given(if_match))
    if written.changed:
        worker = written.record
        await _check_was_no_officer(session, worker, written.before)
        told = WorkerUpserted(subject_id=worker.id, child_id=None, occasion=new_id(), role=worker.role)
        await tell(session, door, worker, await _histories(session, worker), [told])
    return written


async def withdraw_worker(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Worker:
    """There is no such worker. Raises NotFound, TransitionRefused while supervision or observation is recorded."""
    worker = await to_withdraw(session, Worker, authority, reference, body)
    await check_nothing_rests_on(session, authority, [worker.id], [worker.id])
    histories = await _histories(session, worker)
    await withdraw(session, door, worker, None, histories, body.because, body.given(if_match))
    return worker


def check_dates(door: Door, body: WorkerBody) -> None:
    """Raise Contradiction for a start, an end or an earlier post still to come, an end before the start, or what was
    earlier out of its order or its time."""
    day_not_in_the_future(door, "started_on", body.started_on)
    day_not_in_the_future(door, "left_on", body.left_on)
    if body.left_on is not None and body.left_on < body.started_on:
        raise Contradiction("A worker cannot leave before they start.", pointer="/left_on")
    for each in body.earlier:
        day_not_in_the_future(door, "earlier", each.until_on)
    _check_earlier(body)


def _check_earlier(body: WorkerBody) -> None:
    days = [each.until_on for each in body.earlier]
    if days != sorted(set(days)):
        raise Contradiction("Give what was earlier in its order, the oldest first.", pointer="/earlier")
    if days and (days[0] < body.started_on or (body.left_on is not None and days[-1] >= body.left_on)):
        raise Contradiction("What was earlier lies between the first day and the last.", pointer="/earlier")


async def _check_was_no_officer(session: AsyncSession, worker: Worker, before: Mapping[str, Any]) -> None:
    if before.get("role") in OFFICERS and not worker.is_officer:
        await check_nothing_rests_on(session, worker.authority_id, [worker.id], [worker.id])


async def _histories(session: AsyncSession, worker: Worker) -> list[UUID]:
    """The officer's own history, opened if need be; none for a worker who never was an officer."""
    known = select(History.id).where(History.authority_id == worker.authority_id, History.id == worker.id)
    if await session.scalar(known) is None:
        if not worker.is_officer:
            return []
        await open_history(session, worker.authority_id, worker.id, "officer", None)
    return [worker.id]
