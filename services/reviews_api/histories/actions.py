"""Writing a history."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.births import BORN, birth
from services.reviews_api.children.queries import surviving
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.histories.opening import open_history
from services.reviews_api.histories.queries import check_reader, check_writer
from services.reviews_api.histories.schemas import HistoryBody
from services.reviews_api.known import remember
from services.reviews_api.record import STANDING, find_to_put
from services.reviews_api.timeline import tell
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.http.versions import Saved
from shared.refusals import Contradiction
from shared.timescales.kinds import HISTORIES, KINDS


async def put_history(
    session: AsyncSession,
    door: Door,
    who: Principal,
    reference: str,
    body: HistoryBody,
    if_match: str | None,
) -> tuple[HistoryRecord, Saved]:
    """Open a history, or correct whose officer's it is; a kind and a child never change.

    Raises NotFound for an unknown child, Contradiction where it is nobody's or another's, Forbidden for an
    officer's history.
    """
    check_whose(body)
    # Locked, so that nobody records the birth meanwhile without seeing this history.
    child = await surviving(session, who.authority, body.child, lock=True) if body.child else None
    child_id = child.id if child else None
    check_writer(who, child_id)
    record = await find_to_put(session, HistoryRecord, who.authority, reference, body.given(if_match))
    if record is not None:
        check_reader(who, record.child_id, record.noun)
        check_the_same(record, body, child_id)
        saved = record.change({"officer": body.officer, **STANDING}, body.given(if_match))
        await session.flush()
        return record, saved
    record = await _open(session, who.authority, reference, body, child_id)
    if child is not None and body.kind in KINDS[BORN].histories:
        known = await birth(session, child)
        await tell(session, door, known, known.histories, [])
    return record, Saved.CREATED


def check_whose(body: HistoryBody) -> None:
    """Raise Contradiction unless a child's history names a child, an officer's an officer, and neither both."""
    needed, barred = ("child", "officer") if HISTORIES[body.kind].of_child else ("officer", "child")
    if getattr(body, needed) is None:
        raise Contradiction(f"A history of this kind needs `{needed}`.", pointer=f"/{needed}")
    if getattr(body, barred) is not None:
        raise Contradiction(f"A history of this kind has no `{barred}`.", pointer=f"/{barred}")


def check_the_same(record: HistoryRecord, body: HistoryBody, child_id: UUID | None) -> None:
    """Raise Contradiction for another kind or child than the history's own."""
    if record.kind != body.kind:
        raise Contradiction("This history is of another kind, which never changes.", pointer="/kind")
    if record.child_id != child_id:
        raise Contradiction("This history is another child's, which never changes.", pointer="/child")


async def _open(
    session: AsyncSession, authority: str, reference: str, body: HistoryBody, child_id: UUID | None
) -> HistoryRecord:
    record = HistoryRecord(
        authority_id=authority,
        reference=reference,
        kind=body.kind,
        child_id=child_id,
        officer=body.officer,
        source_order=body.given(None).source_order,
    )
    await open_history(session, authority, record.id, record.kind, child_id)
    session.add(record)
    remember(session, record)
    await session.flush()
    return record
