"""Reading links, and whose they are."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.calendar_links.models import CalendarLink
from services.reviews_api.calendar_links.schemas import LinkView
from services.reviews_api.calendar_links.secret import Secret
from services.reviews_api.workers.models import OFFICERS, Worker
from shared.auth.access import roles
from shared.auth.principal import Principal, Role
from shared.refusals import NotFound

# These see and make links of any officer; everybody else their own.
FOR_ANYBODY = roles(Role.IRO_MANAGER, Role.CASE_SYSTEM, Role.AUDITOR)


async def own_ids(session: AsyncSession, who: Principal) -> list[UUID]:
    """The records as an officer that name this caller's tokens; of one who is several, all."""
    query = select(Worker.id).where(
        Worker.authority_id == who.authority,
        Worker.subject == who.subject,
        Worker.role.in_(OFFICERS),
        Worker.withdrawn_at.is_(None),
    )
    return list(await session.scalars(query))


async def _theirs(session: AsyncSession, who: Principal) -> Select[CalendarLink]:
    found = select(CalendarLink).where(CalendarLink.authority_id == who.authority)
    if who.roles & FOR_ANYBODY:
        return found
    return found.where(CalendarLink.worker_id.in_(await own_ids(session, who)))


async def links(session: AsyncSession, who: Principal, after: UUID | None, most: int) -> list[LinkView]:
    """So many of the links that this caller may see, the newest first, older than the one that `after` names."""
    query = (await _theirs(session, who)).order_by(CalendarLink.id.desc()).limit(most)
    if after is not None:
        query = query.where(CalendarLink.id < after)
    return [LinkView.model_validate(link) for link in await session.scalars(query)]


async def get_link(session: AsyncSession, who: Principal, id: UUID) -> CalendarLink:
    """One link that this caller may see, locked. Raises NotFound."""
    query = (await _theirs(session, who)).where(CalendarLink.id == id).with_for_update()
    link: CalendarLink | None = (await session.scalars(query)).one_or_none()
    if link is None:
        raise NotFound("link")
    return link


async def count_links(session: AsyncSession, authority: str, worker: UUID) -> int:
    """How many links of an officer lead somewhere."""
    query = select(func.count()).where(
        CalendarLink.authority_id == authority,
        CalendarLink.worker_id == worker,
        CalendarLink.revoked_at.is_(None),
    )
    return int(await session.scalar(query) or 0)


async def officer_behind(session: AsyncSession, secret: Secret, on: date) -> Worker | None:
    """The officer whose link proves itself by this secret, if they are one on this London date; None where it is no
    link, or none any more."""
    query = select(Worker).join(
        CalendarLink,
        (CalendarLink.authority_id == Worker.authority_id) & (CalendarLink.worker_id == Worker.id),
    )
    named = query.where(
        CalendarLink.authority_id == secret.authority,
        CalendarLink.secret_sha256 == secret.sha256,
        CalendarLink.revoked_at.is_(None),
    )
    worker: Worker | None = (await session.scalars(named)).one_or_none()
    in_post = worker is not None and worker.stands and worker.is_officer and worker.worked_on(on)
    return worker if in_post else None
