"""Reads a stored history to try something out on it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.access import OFFICER_READERS
from services.scheduler.previews.schemas import WhatIfBody
from services.scheduler.previews.telling import Told
from services.scheduler.previews.trying import History, told_history
from shared.auth.principal import Principal
from shared.deadlines.facts import standing_facts
from shared.deadlines.models import History as HistoryRow
from shared.refusals import Contradiction, NotFound
from shared.timescales.kinds import HISTORIES


async def history_of(session: AsyncSession, who: Principal, body: WhatIfBody) -> History:
    """The history that the body names or tells. Raises NotFound, or Contradiction where it does both or neither."""
    if body.history_id is not None:
        if body.history is not None or body.facts:
            raise Contradiction(
                "Give history_id, or history and facts, and not both.",
                code="two_histories",
                pointer="/history_id",
            )
        return await _stored(session, who, body.history_id)
    if body.history is None:
        raise Contradiction("Say which history: history_id, or history with its facts.", pointer="/history")
    return told_history(body.history, body.facts)


async def _stored(session: AsyncSession, who: Principal, id: UUID) -> History:
    row = await session.get(HistoryRow, (who.authority, id))
    if row is None or row.kind not in HISTORIES or not _may_see(who, row):
        raise NotFound("history")
    facts = await standing_facts(session, who.authority, [id])
    return History(row.kind, tuple(Told(fact, str(fact.record)) for fact in facts[id]))


def _may_see(who: Principal, row: HistoryRow) -> bool:
    return row.child_id is not None or bool(who.roles & OFFICER_READERS)
