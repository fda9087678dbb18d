"""An import's progress and its results."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.bulk.models import BulkImport, BulkImportRow, Outcome
from services.reviews_api.bulk.schemas import ResultView
from shared.refusals import NotFound


async def import_of(session: AsyncSession, authority: str, id: UUID) -> BulkImport:
    """The import with this id. Raises NotFound."""
    found = await session.get(BulkImport, (authority, id))
    if found is None:
        raise NotFound("import")
    return found


async def results(
    session: AsyncSession, authority: str, id: UUID, after: int, limit: int, outcome: Outcome | None
) -> list[ResultView]:
    """What became of the rows that are done, by line, from the line after `after` on. Raises NotFound."""
    await import_of(session, authority, id)
    query = (
        select(BulkImportRow)
        .where(BulkImportRow.authority_id == authority, BulkImportRow.import_id == id)
        .where(BulkImportRow.line > after)
        .order_by(BulkImportRow.line)
        .limit(limit)
    )
    wanted = BulkImportRow.outcome.is_not(None) if outcome is None else BulkImportRow.outcome == outcome
    return [ResultView.model_validate(row) for row in await session.scalars(query.where(wanted))]
