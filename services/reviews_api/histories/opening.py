"""Opening the history of a record that was just created; in a batch, together with those of the others."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.births import BIRTHS, BORN
from services.reviews_api.known import foreseen
from shared.deadlines.facts import open_histories
from shared.timescales.kinds import KINDS

OPENED = "duecare.opened"  # the name in the session's `info` of the histories that a batch opens at its end
Opened = list[tuple[str, UUID, UUID | None]]


async def open_history(
    session: AsyncSession, authority: str, id: UUID, kind: str, child_id: UUID | None
) -> None:
    """Begin a history that facts can be recorded in; one of no child is an officer's."""
    opened: Opened | None = session.info.get(OPENED)
    born_in: list[UUID] | None = foreseen(session).get((BIRTHS, child_id))
    if opened is None or (child_id is not None and born_in is None):
        await open_histories(session, authority, kind, [(id, child_id)])
        return
    opened.append((kind, id, child_id))
    if born_in is not None and kind in KINDS[BORN].histories:
        born_in.append(id)


async def open_all(session: AsyncSession, authority: str, opened: Opened) -> None:
    """Begin all that a batch opened."""
    for kind in sorted({kind for kind, _, _ in opened}):
        mine = [(own_id, child) for each, own_id, child in opened if each == kind]
        await open_histories(session, authority, kind, mine)
