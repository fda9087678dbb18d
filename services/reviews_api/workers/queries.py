"""Reading workers."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api import stretches
from services.reviews_api.known import foreseen
from services.reviews_api.record import find, get, get_standing
from services.reviews_api.reviews.queries import open_deadlines
from services.reviews_api.workers.models import Worker, WorkerRole
from services.reviews_api.workers.schemas import WorkerPage, WorkerView
from shared.refusals import Contradiction

WORKER = "worker"  # what a batch foresees: the worker with each reference


async def worker_page(session: AsyncSession, authority: str, reference: str) -> WorkerPage:
    """A worker and what is due in their own history, earliest first. Raises NotFound."""
    worker = await get(session, Worker, authority, reference)
    deadlines = await open_deadlines(session, authority, worker.id)
    return WorkerPage(**WorkerView.model_validate(worker).model_dump(), deadlines=deadlines)


async def stretch(
    session: AsyncSession,
    authority: str,
    role: WorkerRole | None,
    team: str | None,
    after: UUID | None,
    limit: int,
) -> list[WorkerView]:
    """Up to `limit` standing workers after the one named, in the order in which they were first put."""
    where = stretches.standing(Worker, role=role, team=team)
    found = await stretches.stretch(session, Worker, authority, after, limit, *where)
    return [WorkerView.model_validate(worker) for worker in found]


async def officer_of(session: AsyncSession, authority: str, reference: str, day: date, field: str) -> Worker:
    """The officer with this reference or id, locked, for something that happened to them on a London date. Raises
    NotFound, or Contradiction for a worker who is no officer or was not in post that day; `field` holds the date."""
    worker = await get_standing(session, Worker, authority, reference, "/officer", lock=True)
    if not worker.is_officer:
        raise Contradiction("This worker is no officer.", code="no_officer", pointer="/officer")
    if not worker.worked_on(day):
        raise Contradiction("The officer was not in post on that date.", pointer=f"/{field}")
    return worker


async def known_worker(session: AsyncSession, authority: str, reference: str) -> Worker | None:
    """The standing worker with this reference; None where the case system has told of none."""
    known = foreseen(session)
    if (WORKER, reference) in known:
        worker: Worker | None = known[WORKER, reference]
    else:
        worker = await find(session, Worker, authority, reference)
    return worker if worker is not None and worker.stands else None
