"""Making and revoking links."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.calendar_links.models import CalendarLink
from services.reviews_api.calendar_links.queries import FOR_ANYBODY, count_links, get_link, own_ids
from services.reviews_api.calendar_links.schemas import NewLink
from services.reviews_api.calendar_links.secret import Secret
from services.reviews_api.record import find, get_standing
from services.reviews_api.workers.models import Worker
from shared.auth.principal import Principal
from shared.clock import today
from shared.http.door import Door
from shared.refusals import Contradiction, Forbidden, TransitionRefused

AT_ONCE = 5  # links of one officer that lead somewhere: a telephone, a laptop, and room to change them


async def make_link(
    session: AsyncSession, door: Door, who: Principal, body: NewLink
) -> tuple[CalendarLink, Secret]:
    """A new link and its secret, which is kept nowhere. Raises Forbidden where an officer asks for another's, NotFound,
    Contradiction for a worker who is no officer or has left, TransitionRefused where they have links enough."""
    worker = await _officer(session, door, who, body.officer)
    if await count_links(session, who.authority, worker.id) >= AT_ONCE:
        raise TransitionRefused(f"This officer has {AT_ONCE} links: revoke one of them first.")
    secret = Secret.new(who.authority)
    link = CalendarLink(
        authority_id=who.authority,
        worker_id=worker.id,
        secret_sha256=secret.sha256,
        created_at=door.clock.now(),
        created_by=who.subject,
    )
    session.add(link)
    await session.flush()
    return link, secret


async def revoke_link(session: AsyncSession, door: Door, who: Principal, id: UUID) -> None:
    """The link leads nowhere from now on, also where it was revoked before. Raises NotFound."""
    link = await get_link(session, who, id)
    link.revoke(who.subject, door.clock.now())
    await session.flush()


async def _officer(session: AsyncSession, door: Door, who: Principal, reference: str) -> Worker:
    if not who.roles & FOR_ANYBODY:
        await _check_own(session, who, reference)
    worker = await get_standing(session, Worker, who.authority, reference, "/officer", lock=True)
    if not worker.is_officer:
        raise Contradiction("This worker is no officer.", code="no_officer", pointer="/officer")
    if worker.left_on is not None and worker.left_on < today(door.clock):
        raise Contradiction("This officer has left.", code="left", pointer="/officer")
    return worker


async def _check_own(session: AsyncSession, who: Principal, reference: str) -> None:
    # Whether there is another officer of that name is not said.
    worker = await find(session, Worker, who.authority, reference)
    if worker is None or worker.id not in await own_ids(session, who):
        raise Forbidden(
            "An officer makes links for themselves: the officer whose record names the subject of this token."
        )
